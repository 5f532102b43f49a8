using System.IO.Compression;
using System.IO.Hashing;
using BasinVolume.Kernels;

namespace BasinVolume.Interop;

/// <summary>The named parts of a zip file that someone else made; whatever is wrong with it is one sentence.</summary>
internal sealed class ZipParts : IDisposable
{
    // No compressed byte stands for more in what zip files are compressed with (zlib's documentation of deflate).
    private const long MostInflation = 1032;

    private readonly ZipArchive _zip;

    /// <summary>Opens it.</summary>
    /// <exception cref="DataException">It is damaged.</exception>
    public ZipParts(byte[] file, string source)
    {
        Source = source;
        _zip = Explained(() => new ZipArchive(new MemoryStream(file, writable: false), ZipArchiveMode.Read));
        Names = Explained(() => new HashSet<string>(_zip.Entries.Select(entry => entry.FullName), StringComparer.Ordinal));
    }

    /// <summary>What the file is called in errors.</summary>
    public string Source { get; }

    /// <summary>What its parts are called.</summary>
    public IReadOnlySet<string> Names { get; }

    /// <summary>Whether a file begins as zip files do; it is left where it was.</summary>
    public static bool IsZip(Stream file)
    {
        Span<byte> beginning = stackalloc byte[2];
        int read = file.ReadAtLeast(beginning, beginning.Length, throwOnEndOfStream: false);
        file.Position -= read;
        return read == beginning.Length && beginning.SequenceEqual("PK"u8);
    }

    public void Dispose() => _zip.Dispose();

    /// <summary>How long a part claims to be, and how long it is in the file.</summary>
    public (long Length, long Compressed) SizeOf(string name)
    {
        ZipArchiveEntry entry = _zip.GetEntry(name)!;
        return (entry.Length, entry.CompressedLength);
    }

    /// <summary>The bytes of a part; the caller has looked at its size.</summary>
    /// <exception cref="DataException">It is damaged.</exception>
    public byte[] Read(string name) => Explained(() =>
    {
        ZipArchiveEntry entry = _zip.GetEntry(name)!;
        if (entry.Length > MostInflation * entry.CompressedLength)
            throw new InvalidDataException($"{name} claims {entry.Length} bytes for {entry.CompressedLength} in the file");
        using Stream stream = entry.Open();
        var bytes = new byte[checked((int)entry.Length)];
        stream.ReadExactly(bytes);
        return Crc32.HashToUInt32(bytes) == entry.Crc32 ? bytes : throw new InvalidDataException($"the checksum of {name} is wrong");
    });

    private T Explained<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception e) when (
            e is InvalidDataException or IOException or NotSupportedException or ArgumentException or OverflowException or IndexOutOfRangeException)
        {
            throw new DataException($"{Source} is a damaged zip file ({Printable.Name(e.Message.TrimEnd('.'))}); copy or save it again.", e);
        }
    }
}
