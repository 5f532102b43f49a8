using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;

namespace BasinVolume.Mnist.Data;

/// <summary>
/// Reads IDX files of unsigned bytes, the format of MNIST: two zero bytes, the type (8), the rank, one big-endian 32-bit size per dimension,
/// then the elements. A gzip-compressed file is recognised by its first two bytes, whatever it is called.
/// </summary>
public static class IdxReader
{
    private const byte UnsignedByte = 0x08;

    // Deflate cannot do better than 1032 to 1 (258 bytes for two bits), so a header that promises more than that is refused before memory is taken for it.
    private const long MaximumInflation = 1032;

    /// <summary>Reads a whole file.</summary>
    /// <param name="path">An IDX file, gzip-compressed or not.</param>
    /// <returns>Its shape, its elements and its checksum.</returns>
    /// <exception cref="DataException">
    /// The file cannot be opened, is not an IDX file of unsigned bytes, has an empty dimension, is shorter or longer than its header says, or is damaged.
    /// </exception>
    public static IdxArray Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            using FileStream file = File.OpenRead(path);
            if (!IsGzip(file))
                return ReadContent(file, path, file.Length);
            using var inflated = new GZipStream(file, CompressionMode.Decompress);
            IdxArray content = ReadContent(inflated, path, file.Length * MaximumInflation);
            CheckGzipEnd(file, path, expected: (uint)(HeaderLength(content.Shape.Count) + content.Values.Length));
            return content;
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

    private static bool IsGzip(FileStream file)
    {
        Span<byte> start = stackalloc byte[2];
        int count = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        file.Position = 0;
        return count == start.Length && start is [0x1f, 0x8b];
    }

    // GZipStream checks the sum at the end of a gzip file only where there is one: it takes a file cut just there for whole.
    // What a whole file ends with is its uncompressed length, modulo 2^32.
    private static void CheckGzipEnd(FileStream file, string path, uint expected)
    {
        Span<byte> end = stackalloc byte[sizeof(uint)];
        file.Seek(-end.Length, SeekOrigin.End);
        file.ReadExactly(end);
        uint got = BinaryPrimitives.ReadUInt32LittleEndian(end);
        if (got != expected)
            throw new DataException($"{path} is a truncated or damaged gzip file: expected it to end with the length {expected}, got {got}; fetch the file again.");
    }

    private static IdxArray ReadContent(Stream stream, string path, long longestPossible)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        int rank = ReadRank(stream, path, hash);
        int[] shape = ReadShape(stream, path, hash, rank);
        var values = new byte[Length(shape, path, longestPossible)];
        ReadExactly(stream, values, path, hash, $"{Describe(shape)} elements");
        if (stream.ReadByte() >= 0)
            throw new DataException($"{path} goes on after the {Describe(shape)} elements that its header announces; fetch the file again.");
        return new IdxArray(shape, values, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    // Two zeros, the type and the rank; then the sizes.
    private static int HeaderLength(int rank) => 4 + (rank * sizeof(uint));

    private static int ReadRank(Stream stream, string path, IncrementalHash hash)
    {
        Span<byte> magic = stackalloc byte[HeaderLength(rank: 0)];
        ReadExactly(stream, magic, path, hash, "the header");
        if (magic is not [0, 0, UnsignedByte, >= 1])
        {
            throw new DataException(
                $"{path} is not an IDX file of unsigned bytes: expected it to start with 00 00 08 and a rank of at least 1, got {Convert.ToHexString(magic)}; give an IDX file.");
        }

        return magic[3];
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

    private static int Length(int[] shape, string path, long longestPossible)
    {
        long limit = Math.Min(longestPossible, Array.MaxLength);
        long length = 1;
        foreach (int size in shape)
        {
            // Two factors below 2^31 do not overflow, and the product is at most the limit when the next one comes.
            length *= size;
            if (length > limit)
                throw new DataException($"{path} announces {Describe(shape)} elements, more than a file of its size can hold; it is truncated or damaged, fetch it again.");
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
