using System.Text.Json;
using System.Text.Json.Serialization;
using BasinVolume.Autodiff.Networks;

namespace BasinVolume.Autodiff.Descriptions;

/// <summary>A constant as a description has it: a number, or an object with "shape" and "values"; "-Infinity" is a number too.</summary>
/// <param name="Shape">The dimensions; null for a number.</param>
/// <param name="Values">The elements.</param>
[JsonConverter(typeof(Reader))]
internal sealed record DescribedConstant(int[]? Shape, double[] Values)
{
    // Infinities are written as text, for JSON has no number for them.
    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>The constant.</summary>
    /// <exception cref="NetworkException">It has another number of elements than its shape says.</exception>
    public ConstantTensor Tensor => new(Shape is null ? null : new Shape(Shape), [.. Values]);

    /// <summary>What stands between the braces.</summary>
    private sealed record Parts(int[] Shape, double[] Values);

    private sealed class Reader : JsonConverter<DescribedConstant>
    {
        public override DescribedConstant Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            try
            {
                if (reader.TokenType != JsonTokenType.StartObject)
                    return new(null, [JsonSerializer.Deserialize<double>(ref reader, Format)]);
                Parts parts = JsonSerializer.Deserialize<Parts>(ref reader, Format)!;
                return new(parts.Shape, parts.Values);
            }
            catch (JsonException)
            {
                // One without a message gets one with its place in the layer.
                throw new JsonException();
            }
        }

        public override void Write(Utf8JsonWriter writer, DescribedConstant value, JsonSerializerOptions options)
            => JsonSerializer.Serialize(writer, new Parts(value.Shape ?? [], value.Values), Format);
    }
}
