using System.Text.Json;
using System.Text.Json.Serialization;

namespace BasinVolume.Mnist.Results;

/// <summary>How a double stands in every document: as the number that it is, or as null where it is not finite, for JSON knows no infinity and no NaN.</summary>
internal sealed class FiniteNumber : JsonConverter<double>
{
    /// <inheritdoc/>
    public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException("Documents are written by this, not read.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
    {
        if (double.IsFinite(value))
            writer.WriteNumberValue(value);
        else
            writer.WriteNullValue();
    }
}
