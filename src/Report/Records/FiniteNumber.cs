using System.Text.Json;
using System.Text.Json.Serialization;

namespace BasinVolume.Report.Records;

/// <summary>
/// How a double stands in every document: as the number that it is, or as null where it is not finite, for JSON knows no infinity and no NaN.
/// What was written as null is read as a NaN.
/// </summary>
internal sealed class FiniteNumber : JsonConverter<double>
{
    /// <inheritdoc/>
    public override bool HandleNull => true;

    /// <summary>Writes a number.</summary>
    public static void Write(Utf8JsonWriter writer, double? value)
    {
        if (value is { } number && double.IsFinite(number))
            writer.WriteNumberValue(number);
        else
            writer.WriteNullValue();
    }

    /// <inheritdoc/>
    public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        => reader.TokenType == JsonTokenType.Null ? double.NaN : reader.GetDouble();

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options) => Write(writer, value);
}
