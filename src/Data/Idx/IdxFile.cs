using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using BasinVolume.Data.Streams;
using BasinVolume.Interop;
using BasinVolume.Kernels;

namespace BasinVolume.Data.Idx;

/// <summary>
/// An IDX file of whole numbers as a stream: two zero bytes, the type (8 for unsigned bytes), the rank, one big-endian 32-bit size per dimension, then the
/// elements. A gzip-compressed file is recognised by its first two bytes, whatever it is called.
/// </summary>
public sealed class IdxFile : IDisposable
{
    // Deflate cannot do better than 1032 to 1 (258 bytes for two bits), so a header that promises more than that is refused before memory is taken for it.
    private const long MaximumInflation = 1032;

    private readonly Stream _content;
    private readonly string _path;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly int[] _shape;

    private IdxFile(Stream file, string path, long most)
    {
        _path = path;
        bool isGzip = GzipMembers.Is(file);
        long longestPossible = isGzip ? file.Length * MaximumInflation : file.Length;
        _content = isGzip ? new GzipMembers(file, path) : file;
        (Type, int rank) = ReadMagic();
        _shape = ReadShape(rank);
        CheckLength(longestPossible, most);
    }

    /// <summary>What the elements are.</summary>
    public IdxType Type { get; }

    /// <summary>The size of each dimension, at least one dimension, each at least 1.</summary>
    public IReadOnlyList<int> Shape => _shape;

    /// <summary>Opens a file and reads its header.</summary>
    /// <param name="path">An IDX file, gzip-compressed or not.</param>
    /// <param name="most">The most bytes that it may have, as they are in the file and as they unpack.</param>
    /// <exception cref="DataException">
    /// The file cannot be opened or is none, is not an IDX file of whole numbers, has an empty dimension, is damaged, or has more.
    /// </exception>
    public static IdxFile Open(string path, long most)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Stream? file = null;
        try
        {
            file = InputFile.Open(path, most);
            return new IdxFile(file, path, most);
        }
        catch (Exception e)
        {
            file?.Dispose();
            if (Explained(e, path) is { } explained)
                throw explained;
            throw;
        }
    }

    /// <summary>Reads the next elements.</summary>
    /// <param name="elements">Receives their bytes; exactly that many.</param>
    /// <exception cref="DataException">The file ends before, or is damaged.</exception>
    public void Read(Span<byte> elements)
    {
        try
        {
            int count = ReadUpTo(elements);
            if (count < elements.Length)
                throw TooEarly(elements.Length, $"{Described} elements", count);
        }
        catch (Exception e) when (Explained(e, _path) is { } explained)
        {
            throw explained;
        }
    }

    /// <summary>Sees to it that the file ends here.</summary>
    /// <returns>SHA-256 of the whole uncompressed file, header included, as 64 lower-case hexadecimal digits.</returns>
    /// <exception cref="DataException">It goes on, or is damaged.</exception>
    public string Finish()
    {
        try
        {
            // One byte more shows that there are more; how many, nobody unpacks.
            if (_content.ReadByte() >= 0)
                throw new DataException($"{_path} goes on after the {Described} elements that its header announces; fetch the file again.");
            return Convert.ToHexStringLower(_hash.GetHashAndReset());
        }
        catch (Exception e) when (Explained(e, _path) is { } explained)
        {
            throw explained;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _content.Dispose();
        _hash.Dispose();
    }

    private static DataException? Explained(Exception error, string path) => error switch
    {
        InvalidDataException e => new DataException($"{path} is a damaged gzip file ({e.Message.TrimEnd('.')}); fetch the file again.", e),
        IOException or UnauthorizedAccessException
            => new DataException($"Cannot read {path}: {error.Message.TrimEnd('.')}; give a file that exists and that you may read.", error),
        _ => null,
    };

    private string Described => string.Join(" x ", _shape);

    private (IdxType Type, int Rank) ReadMagic()
    {
        Span<byte> magic = stackalloc byte[4];
        ReadExactly(magic, "the header");
        return magic is [0, 0, var code, >= 1 and var rank] && IdxType.Of(code) is { } type
            ? (type, rank)
            : throw new DataException(
                $"{_path} is not an IDX file of whole numbers: expected it to start with 00 00, a type (08 unsigned byte, 09 signed byte, 0B short, "
                + $"0C int) and a rank of at least 1, got {Convert.ToHexString(magic)}; give an IDX file.");
    }

    private int[] ReadShape(int rank)
    {
        Span<byte> sizes = stackalloc byte[rank * sizeof(uint)];
        ReadExactly(sizes, $"the sizes of {rank} dimensions");
        var shape = new int[rank];
        for (int i = 0; i < rank; i++)
        {
            uint size = BinaryPrimitives.ReadUInt32BigEndian(sizes[(i * sizeof(uint))..]);
            if (size is 0 or > int.MaxValue)
                throw new DataException($"{_path} says that dimension {i} has {size} elements, expected 1 to {int.MaxValue}; give a file with data in it.");
            shape[i] = (int)size;
        }

        return shape;
    }

    private void CheckLength(long longestPossible, long most)
    {
        Int128 length = Type.Size;
        foreach (int size in _shape)
        {
            // The product is at most 2^63 when the next factor, below 2^31, comes: no overflow.
            length *= size;
            if (length > longestPossible)
                throw new DataException(
                    $"{_path} announces {Described} elements, more than a file of its size can hold; it is truncated or damaged, fetch it again.");
            if (length > most)
                throw new DataException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{_path} announces {Described} elements of the type {Type.Name}, and at most {most:n0} bytes of them are read; give fewer in a file."));
        }
    }

    private void ReadExactly(Span<byte> bytes, string what)
    {
        int count = ReadUpTo(bytes);
        if (count < bytes.Length)
            throw TooEarly(bytes.Length, what, count);
    }

    // How many bytes there were.
    private int ReadUpTo(Span<byte> bytes)
    {
        int count = _content.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        _hash.AppendData(bytes[..count]);
        return count;
    }

    private DataException TooEarly(int expected, string what, int count)
        => new($"{_path} ends too early: expected {expected} bytes for {what}, got {count}; fetch the file again.");
}
