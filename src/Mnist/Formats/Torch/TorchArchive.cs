using BasinVolume.Mnist.Data;

namespace BasinVolume.Mnist.Formats.Torch;

/// <summary>The zip file that torch.save writes: NAME/data.pkl, and NAME/data/KEY for each storage.</summary>
internal sealed class TorchArchive
{
    private const string PickleName = "data.pkl";

    private readonly ZipParts _zip;
    private readonly string _prefix;

    /// <summary>Opens it.</summary>
    /// <exception cref="DataException">It is damaged, or was not written by torch.save.</exception>
    public TorchArchive(ZipParts zip)
    {
        _zip = zip;
        string[] pickles = [.. zip.Names.Where(IsPickle)];
        if (pickles.Length != 1)
            throw new DataException($"{zip.Source} is a zip file with {pickles.Length} {PickleName} in it, expected one, as torch.save writes it; save it again with torch.save(model.state_dict(), path).");
        _prefix = pickles[0][..^PickleName.Length];
        if (zip.Names.Contains(_prefix + "byteorder") && !Read("byteorder").AsSpan().SequenceEqual("little"u8))
            throw new DataException($"{zip.Source} was saved with another byte order, expected little-endian; save it on another machine.");
    }

    public byte[] Pickle => Read(PickleName);

    /// <summary>Whether a part of that name is what makes a zip file PyTorch's.</summary>
    public static bool IsPickle(string name) => name.EndsWith("/" + PickleName, StringComparison.Ordinal);

    /// <summary>The bytes of a storage, as many as its elements have.</summary>
    public byte[] Storage(TorchStorage storage, ElementType type)
    {
        byte[] bytes = Read("data/" + storage.Key);
        return bytes.Length == (long)storage.Count * type.Size
            ? bytes
            : throw new DataException($"{_zip.Source} has a storage '{storage.Key}' of {bytes.Length} bytes, expected {storage.Count} elements of {type.Size}; copy the file again.");
    }

    // Stored as they are, parts cannot be larger than the file: nothing to inflate, whatever sizes it claims.
    private byte[] Read(string name)
    {
        if (!_zip.Names.Contains(_prefix + name))
            throw new DataException($"{_zip.Source} lacks its part {name}; save it again with torch.save(model.state_dict(), path).");
        (long length, long compressed) = _zip.SizeOf(_prefix + name);
        return compressed == length
            ? _zip.Read(_prefix + name)
            : throw new DataException($"{_zip.Source} has a compressed part {name} ({compressed} bytes for {length}), which torch.save never writes; save it again with torch.save(model.state_dict(), path).");
    }
}
