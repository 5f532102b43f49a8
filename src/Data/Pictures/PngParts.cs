using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using System.Text;

namespace BasinVolume.Data.Pictures;

/// <summary>
/// The parts of a PNG file that its pixels need, and no others: no texts, profiles or dates, which may unpack to anything.
/// A decoder gets the file that is written from them and nothing else, so that what is measured here is what it decodes:
/// where the data of an interlaced picture end too early it would go round for ever.
/// Source: W3C, Portable Network Graphics, sections 5 (parts), 7.2 (rows), 8.1 (interlacing) and 11.2.1 (header).
/// </summary>
internal sealed class PngParts
{
    // Length, name, content, checksum.
    private const int LengthAndName = 8, LengthAlone = 4, Checksum = 4;

    // Width, height, bits of a sample, colour type, compression, filters, interlacing.
    private const int HeaderLength = 13, Depth = 8, Colours = 9, Interlacing = 12;

    // From here on every pass has pixels; the decoder waits for ever for the rows of one that has none.
    private const int LeastInterlaced = 5;

    private const string Header = "IHDR", Data = "IDAT", End = "IEND";

    private static readonly string[] Needed = [Header, "PLTE", "tRNS", Data, End];

    // Where the first pixel of each pass over an interlaced picture stands, and how far apart they are.
    private static readonly (int Left, int Top, int Across, int Down)[] Passes =
        [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    private readonly Dictionary<string, ReadOnlyMemory<byte>> _parts = new(StringComparer.Ordinal);

    private PngParts(byte[] file)
    {
        // Data may come in many parts, which count as one.
        var data = new MemoryStream(file.Length);
        for (ReadOnlyMemory<byte> rest = file.AsMemory(Signature.Length); rest.Length >= LengthAndName && !_parts.ContainsKey(End);)
        {
            long length = LengthAndName + (long)BinaryPrimitives.ReadUInt32BigEndian(rest.Span) + Checksum;
            string? name = NeededName(rest.Span[LengthAlone..LengthAndName]);
            if (name == Data)
                data.Write(Content(rest, length, name).Span);
            else if (name is not null && !_parts.TryAdd(name, Content(rest, length, name)))
                throw new InvalidDataException($"it has two parts {name}");
            rest = rest[(int)Math.Min(length, rest.Length)..];
        }

        (_parts[Data], _parts[End]) = (data.GetBuffer().AsMemory(0, (int)data.Length), default);
        if (!_parts.TryGetValue(Header, out ReadOnlyMemory<byte> header) || header.Length != HeaderLength)
            throw new InvalidDataException("it has no header");
    }

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a];

    /// <summary>The parts of a file, or null where it is no PNG file.</summary>
    /// <exception cref="InvalidDataException">A part that the pixels need is damaged.</exception>
    public static PngParts? Of(byte[] file) => file.AsSpan().StartsWith(Signature) ? new(file) : null;

    /// <summary>A file of these parts, the data in one.</summary>
    public byte[] ToFile()
    {
        using var file = new MemoryStream(_parts[Data].Length + 1024);
        file.Write(Signature);
        foreach (string name in Needed.Where(_parts.ContainsKey))
            WritePart(file, name, _parts[name].Span);
        return file.ToArray();
    }

    /// <summary>Sees to it that the data unpack to every pixel; what comes behind them is nobody's. The caller has looked at the size.</summary>
    /// <exception cref="InvalidDataException">They end before, or are damaged.</exception>
    public void CheckPixels()
    {
        using var pixels = new ZLibStream(new MemoryStream(_parts[Data].ToArray(), writable: false), CompressionMode.Decompress);
        var buffer = new byte[1 << 16];
        long expected = PixelBytes(), count = 0;
        for (int read; count < expected && (read = pixels.Read(buffer)) > 0;)
            count += read;
        if (count < expected)
            throw new InvalidDataException(FormattableString.Invariant($"its pixels have {count} bytes, expected {expected}"));
    }

    private static string? NeededName(ReadOnlySpan<byte> name)
    {
        foreach (string needed in Needed)
        {
            if (Ascii.Equals(name, needed))
                return needed;
        }

        return null;
    }

    private static ReadOnlyMemory<byte> Content(ReadOnlyMemory<byte> rest, long length, string name)
    {
        if (length > rest.Length)
            throw new InvalidDataException($"it ends inside its part {name}");
        ReadOnlySpan<byte> part = rest.Span[..(int)length];
        return Crc32.HashToUInt32(part[LengthAlone..^Checksum]) == BinaryPrimitives.ReadUInt32BigEndian(part[^Checksum..])
            ? rest[LengthAndName..((int)length - Checksum)]
            : throw new InvalidDataException($"the checksum of its part {name} is wrong");
    }

    private static void WritePart(MemoryStream file, string name, ReadOnlySpan<byte> content)
    {
        Span<byte> number = stackalloc byte[Checksum];
        byte[] bytes = Encoding.ASCII.GetBytes(name);
        var checksum = new Crc32();
        checksum.Append(bytes);
        checksum.Append(content);
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        file.Write(number);
        file.Write(bytes);
        file.Write(content);
        BinaryPrimitives.WriteUInt32BigEndian(number, checksum.GetCurrentHashAsUInt32());
        file.Write(number);
    }

    private static int SamplesOf(byte colours) => colours switch
    {
        0 or 3 => 1,
        4 => 2,
        2 => 3,
        6 => 4,
        _ => throw new InvalidDataException("its header names no kind of colours"),
    };

    // A row is the byte that names its filter and its pixels up to a whole byte.
    private static long RowBytes(long columns, long rows, int bits) => rows * (1 + (((columns * bits) + 7) / 8));

    private static long Steps(long size, int first, int step) => (size - first + step - 1) / step;

    private long PixelBytes()
    {
        ReadOnlySpan<byte> header = _parts[Header].Span;
        long width = BinaryPrimitives.ReadUInt32BigEndian(header), height = BinaryPrimitives.ReadUInt32BigEndian(header[4..]);
        int bits = header[Depth] * SamplesOf(header[Colours]);
        return header[Interlacing] switch
        {
            0 => RowBytes(width, height, bits),
            1 when width < LeastInterlaced || height < LeastInterlaced
                => throw new InvalidDataException(FormattableString.Invariant(
                    $"it is interlaced and has {width} x {height} pixels, expected at least {LeastInterlaced} x {LeastInterlaced}")),
            1 => Passes.Sum(pass => RowBytes(Steps(width, pass.Left, pass.Across), Steps(height, pass.Top, pass.Down), bits)),
            _ => throw new InvalidDataException("its header names no kind of interlacing"),
        };
    }
}
