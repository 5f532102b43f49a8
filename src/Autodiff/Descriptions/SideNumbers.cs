using System.Text.Json;
using System.Text.Json.Serialization;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Kernels;

namespace BasinVolume.Autodiff.Descriptions;

/// <summary>Sizes of a kernel or a pool as a description has them: one number for both directions, or a list, height before width.</summary>
/// <param name="Numbers">What stands there.</param>
[JsonConverter(typeof(Reader))]
internal sealed record SideNumbers(params int[] Numbers)
{
    /// <summary>How windows lie along both sides of an image.</summary>
    /// <param name="size">Their "size" or "kernel", with its name: one number, or [height, width].</param>
    /// <param name="stride">Their "stride", likewise; null for windows side by side.</param>
    /// <param name="padding">Their "padding": one number, [height, width], or [top, left, bottom, right].</param>
    /// <param name="dilation">Their "dilation": one number, or [height, width].</param>
    /// <exception cref="NetworkException">A list has another length.</exception>
    public static (Window Rows, Window Columns) Windows(
        (string Name, SideNumbers Numbers) size, SideNumbers? stride, SideNumbers padding, SideNumbers dilation)
    {
        (int height, int width) = size.Numbers.Two(size.Name);
        (int down, int right) = stride?.Two("stride") ?? (height, width);
        (int rows, int columns) = dilation.Two("dilation");
        int[] ends = padding.Numbers is [var above, var left, var below, var behind]
            ? [above, left, below, behind]
            : padding.Two("padding", " or [top, left, bottom, right]") is var (y, x) ? [y, x, y, x] : [];
        return (new Window(height, down, ends[0], ends[2], rows), new Window(width, right, ends[1], ends[3], columns));
    }

    private (int Height, int Width) Two(string name, string others = "")
        => Numbers is [var both]
            ? (both, both)
            : Numbers is [var height, var width]
                ? (height, width)
                : throw new NetworkException($"'{name}' is one number or [height, width]{others}; got {Numbers.Length} numbers.");

    /// <summary>Reads a number or a list of numbers.</summary>
    private sealed class Reader : JsonConverter<SideNumbers>
    {
        public override SideNumbers Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType != JsonTokenType.StartArray)
                return new(Number(ref reader));
            var numbers = new List<int>();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                numbers.Add(Number(ref reader));
            return new([.. numbers]);
        }

        public override void Write(Utf8JsonWriter writer, SideNumbers value, JsonSerializerOptions options)
            => JsonSerializer.Serialize(writer, value.Numbers, options);

        // An exception without a message gets one with its place.
        private static int Number(ref Utf8JsonReader reader)
            => reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out int number) ? number : throw new JsonException();
    }
}
