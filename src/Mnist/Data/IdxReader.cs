using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using BasinVolume.Interop;
using BasinVolume.Kernels;

namespace BasinVolume.Mnist.Data;

/// <summary>
/// Reads IDX files of whole numbers, the format of MNIST: two zero bytes, the type (8 for unsigned bytes), the rank, one big-endian 32-bit size per dimension,
/// then the elements. A gzip-compressed file is recognised by its first two bytes, whatever it is called.
/// </summary>
public static class IdxReader
{
    // Deflate cannot do better than 1032 to 1 (258 bytes for two bits), so a header that promises more than that is refused before memory is taken for it.
    private const long MaximumInflation = 1032;

    // Of a file's bytes and of what they unpack to. The largest set in this form, EMNIST by class, has 547 MB.
    private const long MostBytes = 1L << 30;

    /// <summary>Reads a whole file.</summary>
    /// <param name="path">An IDX file, gzip-compressed or not.</param>
    /// <returns>Its shape, its elements and its checksum.</returns>
    /// <exception cref="DataException">
    /// The file cannot be opened or is none, is not an IDX file of whole numbers, has an empty dimension, is shorter or longer than its header says, is
    /// damaged, or has more than 1 GiB.
    /// </exception>
    public static IdxArray Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            byte[] file = InputFile.ReadAll(path, MostBytes);
            using Stream content = GzipMembers.Is(file) ? new GzipMembers(file, path) : new MemoryStream(file, writable: false);
            return ReadContent(content, path, GzipMembers.Is(file) ? file.Length * MaximumInflation : file.Length);
        }
        catch (InvalidDataException e)
        {
            throw new DataException($"{path} is a damaged gzip file ({e.Message.TrimEnd('.')}); fetch the file again.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"Cannot read {path}: {e.Message.TrimEnd('.')}; give a file that exists and that you may read.", e);
        }
    }

    private static IdxArray ReadContent(Stream stream, string path, long longestPossible)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        (IdxType type, int rank) = ReadMagic(stream, path, hash);
        int[] shape = ReadShape(stream, path, hash, rank);
        var values = new byte[Length(shape, type, path, longestPossible)];
        ReadExactly(stream, values, path, hash, $"{Describe(shape)} elements");
        // One byte more shows that there are more; how many, nobody unpacks.
        if (stream.ReadByte() >= 0)
            throw new DataException($"{path} goes on after the {Describe(shape)} elements that its header announces; fetch the file again.");
        return new IdxArray(shape, values, Convert.ToHexStringLower(hash.GetHashAndReset())) { Type = type };
    }

    // Two zeros, the type and the rank; then the sizes.
    private static int HeaderLength(int rank) => 4 + (rank * sizeof(uint));

    private static (IdxType Type, int Rank) ReadMagic(Stream stream, string path, IncrementalHash hash)
    {
        Span<byte> magic = stackalloc byte[HeaderLength(rank: 0)];
        ReadExactly(stream, magic, path, hash, "the header");
        return magic is [0, 0, var code, >= 1 and var rank] && IdxType.Of(code) is { } type
            ? (type, rank)
            : throw new DataException(
                $"{path} is not an IDX file of whole numbers: expected it to start with 00 00, a type (08 unsigned byte, 09 signed byte, 0B short, "
                + $"0C int) and a rank of at least 1, got {Convert.ToHexString(magic)}; give an IDX file.");
    }

    private static int[] ReadShape(Stream stream, string path, IncrementalHash hash, int rank)
    {
        Span<byte> sizes = stackalloc byte[rank * sizeof(uint)];
        ReadExactly(stream, sizes, path, hash, $"the sizes of {rank} dimensions");
        var shape = new int[rank];
        for (int i = 0; i < rank; i++)
        {
            uint size = BinaryPrimitives.ReadUInt32BigEndian(sizes[(i * sizeof(uint))..]);
            if (size is 0 or > int.MaxValue)
                throw new DataException($"{path} says that dimension {i} has {size} elements, expected 1 to {int.MaxValue}; give a file with data in it.");
            shape[i] = (int)size;
        }

        return shape;
    }

    private static int Length(int[] shape, IdxType type, string path, long longestPossible)
    {
        long length = type.Size;
        foreach (int size in shape)
        {
            // The product is at most MostBytes when the next factor, below 2^31, comes: no overflow.
            length *= size;
            if (length > longestPossible)
                throw new DataException(
                    $"{path} announces {Describe(shape)} elements, more than a file of its size can hold; it is truncated or damaged, fetch it again.");
            if (length > MostBytes)
                throw new DataException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{path} announces {Describe(shape)} elements of the type {type.Name}, and at most {MostBytes:n0} bytes of them are read; "
                    + $"give fewer in a file."));
        }

        return (int)length;
    }

    private static void ReadExactly(Stream stream, Span<byte> bytes, string path, IncrementalHash hash, string what)
    {
        int count = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (count < bytes.Length)
            throw new DataException($"{path} ends too early: expected {bytes.Length} bytes for {what}, got {count}; fetch the file again.");
        hash.AppendData(bytes);
    }

    private static string Describe(int[] shape) => string.Join(" x ", shape);
}
