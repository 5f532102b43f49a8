using System.Text.Json;
using System.Text.Json.Serialization;

namespace BasinVolume.Report.Records;

/// <summary>A number under a key that is there in some documents and not in others: where the key is there, the number may still be null.</summary>
/// <param name="Value">The number; null where there is none.</param>
[JsonConverter(typeof(Converter))]
public sealed record OptionalNumber(double? Value)
{
    /// <summary>One for a definition that has the key, nothing for one that has not.</summary>
    public static OptionalNumber? If(bool has, double? value) => has ? new(value) : null;

    internal sealed class Converter : JsonConverter<OptionalNumber>
    {
        public override bool HandleNull => true;

        public override OptionalNumber Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
            => new(reader.TokenType == JsonTokenType.Null ? null : reader.GetDouble());

        public override void Write(Utf8JsonWriter writer, OptionalNumber value, JsonSerializerOptions options) => FiniteNumber.Write(writer, value?.Value);
    }
}
