using System.IO.Compression;
using System.IO.Hashing;
using BasinVolume.Mnist.Data;

namespace BasinVolume.Mnist.Formats.Torch;

/// <summary>The zip file that torch.save writes: NAME/data.pkl, and NAME/data/KEY for each storage.</summary>
internal sealed class TorchArchive : IDisposable
{
    private const string PickleName = "data.pkl";

    private readonly string _source;
    private readonly ZipArchive _zip;
    private readonly string _prefix;

    /// <summary>Opens it.</summary>
    /// <exception cref="DataException">It is damaged, or was not written by torch.save.</exception>
    public TorchArchive(byte[] file, string source)
    {
        _source = source;
        _zip = Explained(() => new ZipArchive(new MemoryStream(file, writable: false), ZipArchiveMode.Read));
        string[] pickles = [.. Explained(() => _zip.Entries).Select(entry => entry.FullName).Where(name => name.EndsWith("/" + PickleName, StringComparison.Ordinal))];
        if (pickles.Length != 1)
            throw new DataException($"{source} is a zip file with {pickles.Length} {PickleName} in it, expected one, as torch.save writes it; save it again with torch.save(model.state_dict(), path).");
        _prefix = pickles[0][..^PickleName.Length];
        if (_zip.GetEntry(_prefix + "byteorder") is not null && !Read("byteorder").AsSpan().SequenceEqual("little"u8))
            throw new DataException($"{source} was saved with another byte order, expected little-endian; save it on another machine.");
    }

    public byte[] Pickle => Read(PickleName);

    public void Dispose() => _zip.Dispose();

    /// <summary>The bytes of a storage, as many as its elements have.</summary>
    public byte[] Storage(TorchStorage storage, ElementType type)
    {
        byte[] bytes = Read("data/" + storage.Key);
        return bytes.Length == (long)storage.Count * type.Size
            ? bytes
            : throw new DataException($"{_source} has a storage '{storage.Key}' of {bytes.Length} bytes, expected {storage.Count} elements of {type.Size}; copy the file again.");
    }

    // Stored as they are, entries cannot be larger than the file: nothing to inflate, whatever sizes it claims.
    private byte[] Read(string name)
    {
        ZipArchiveEntry entry = _zip.GetEntry(_prefix + name) ?? throw new DataException($"{_source} lacks its part {name}; save it again with torch.save(model.state_dict(), path).");
        if (entry.CompressedLength != entry.Length)
            throw new DataException($"{_source} has a compressed part {name} ({entry.CompressedLength} bytes for {entry.Length}), which torch.save never writes; save it again with torch.save(model.state_dict(), path).");
        return Explained(() =>
        {
            using Stream stream = entry.Open();
            var bytes = new byte[checked((int)entry.Length)];
            stream.ReadExactly(bytes);
            return Crc32.HashToUInt32(bytes) == entry.Crc32 ? bytes : throw new InvalidDataException($"the checksum of {name} is wrong");
        });
    }

    private T Explained<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception e) when (e is InvalidDataException or IOException or NotSupportedException or ArgumentException or OverflowException)
        {
            throw new DataException($"{_source} is a damaged zip file ({e.Message.ReplaceLineEndings(" ").TrimEnd('.')}); copy or save it again.", e);
        }
    }
}
