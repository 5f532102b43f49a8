using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using BasinVolume.Kernels;

namespace BasinVolume.Interop.Arrays;

/// <summary>
/// What a .npy file says of its array before the elements: believed only as far as the file has room for it, and before anything is allocated.
/// </summary>
internal static partial class NpyHeader
{
    // NumPy's own arrays have at most as many dimensions.
    internal const int MostDimensions = 64;

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Checks that the elements announced can be in the file.</summary>
    /// <param name="stream">The file; it is left where it was.</param>
    /// <param name="source">What it is called in errors.</param>
    /// <exception cref="DataException">There are more, or so many that no array holds them. A header that cannot be read is left to the reader.</exception>
    public static void Check(Stream stream, string source)
    {
        long beginning = stream.Position;
        string header = TextOf(stream);
        long room = stream.Length - stream.Position;
        stream.Position = beginning;
        if (Shape().Match(header) is not { Success: true } shape)
            return;
        string[] sizes = shape.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (sizes.Length > MostDimensions || CountOf(sizes) is not { } count || (count > room && !sizes.Any(IsZero)))
            throw new DataException(
                $"{source} announces an array of shape ({Printable.List(sizes)}), which no file of {room} bytes after the header holds; it is damaged, "
                + $"save it again with numpy.save.");
    }

    /// <summary>Reads the header of a stream that need not be one that can be sought in.</summary>
    /// <param name="stream">The content of a .npy file; it is left behind the header.</param>
    /// <param name="length">How long the header is, all that comes before the elements.</param>
    /// <returns>Its text; null where there is none.</returns>
    public static string? Read(Stream stream, out long length)
    {
        length = 0;
        Span<byte> beginning = stackalloc byte[10];
        if (stream.ReadAtLeast(beginning, beginning.Length, throwOnEndOfStream: false) < beginning.Length || !beginning.StartsWith(Magic))
            return null;
        uint text = BinaryPrimitives.ReadUInt16LittleEndian(beginning[8..]);
        length = beginning.Length;
        if (beginning[6] != 1)
        {
            Span<byte> more = stackalloc byte[2];
            if (stream.ReadAtLeast(more, more.Length, throwOnEndOfStream: false) < more.Length)
                return null;
            text |= (uint)BinaryPrimitives.ReadUInt16LittleEndian(more) << 16;
            length += more.Length;
        }

        if (text > ushort.MaxValue)
            return null;
        var header = new byte[text];
        length += text;
        return stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) == header.Length ? Encoding.Latin1.GetString(header) : null;
    }

    // Elements, with a size of 0 counted as 1 so that the others are bounded too; null for more than an array can have.
    private static long? CountOf(string[] sizes)
    {
        long count = 1;
        foreach (string size in sizes)
        {
            // A size that is no number is for the reader to refuse.
            if (!long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out long length))
                length = size.All(char.IsAsciiDigit) ? long.MaxValue : 1;
            Int128 product = (Int128)count * Math.Max(1, length);
            if (product > Array.MaxLength)
                return null;
            count = (long)product;
        }

        return count;
    }

    private static bool IsZero(string size) => size.All(digit => digit == '0');

    // Magic, version, then the header's length in two bytes, or since version 2 in four.
    private static string TextOf(Stream stream)
    {
        Span<byte> prefix = stackalloc byte[12];
        int read = stream.ReadAtLeast(prefix, prefix.Length, throwOnEndOfStream: false);
        if (read < prefix.Length || !prefix.StartsWith(Magic))
            return string.Empty;
        bool isOld = prefix[6] == 1;
        uint length = isOld ? BinaryPrimitives.ReadUInt16LittleEndian(prefix[8..]) : BinaryPrimitives.ReadUInt32LittleEndian(prefix[8..]);
        stream.Position -= isOld ? 2 : 0;
        if (length > stream.Length - stream.Position || length > ushort.MaxValue)
            return string.Empty;
        var text = new byte[length];
        stream.ReadExactly(text);
        return Encoding.Latin1.GetString(text);
    }

    [GeneratedRegex(@"['""]shape['""]\s*:\s*\(([^)]*)\)", RegexOptions.CultureInvariant)]
    internal static partial Regex Shape();
}
