using System.Text.Json;
using System.Text.Json.Serialization;
using BasinVolume.Curvature.Volumes;

namespace BasinVolume.Report.Records;

/// <summary>
/// The ends of an interval under a key that is there in some documents and not in others: where the key is there, the interval may still be null.
/// </summary>
/// <param name="Ends">[low, high], where low is null for one that is not bounded below; null where there is no interval.</param>
[JsonConverter(typeof(Converter))]
public sealed record OptionalInterval(double?[]? Ends)
{
    /// <summary>[low, high] of an interval; null without one.</summary>
    public static double?[]? EndsOf(LogInterval? interval) => interval is { } ends ? [ends.Low, ends.High] : null;

    internal sealed class Converter : JsonConverter<OptionalInterval>
    {
        public override bool HandleNull => true;

        public override OptionalInterval Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
            => new(JsonSerializer.Deserialize(ref reader, RunJson.Default.NullableDoubleArray));

        public override void Write(Utf8JsonWriter writer, OptionalInterval value, JsonSerializerOptions options)
            => JsonSerializer.Serialize(writer, value?.Ends, RunJson.Default.NullableDoubleArray!);
    }
}
