using BasinVolume.Interop.Pickles;

namespace BasinVolume.Interop.Torch;

/// <summary>
/// The zip file that torch.save writes since PyTorch 1.6: NAME/data.pkl, and NAME/data/KEY for each storage.
/// Others may have zipped it again, compressed and under another name.
/// </summary>
internal sealed class TorchArchive : TorchFile
{
    private const string PickleName = "data.pkl";

    // PyTorch stores without compression; of what someone else has compressed, no part may become longer than this.
    private const long LongestInflated = 1L << 28;

    private readonly ZipParts _zip;
    private readonly string _prefix;
    private readonly bool _bigEndian;

    /// <summary>Opens it.</summary>
    /// <exception cref="DataException">It is damaged, or was not written by torch.save.</exception>
    public TorchArchive(ZipParts zip)
        : base(zip.Source)
    {
        _zip = zip;
        string[] pickles = [.. zip.Names.Where(IsPickle)];
        if (pickles.Length != 1)
            throw new DataException(
                $"{zip.Source} is a zip file with {pickles.Length} {PickleName} in it, expected one, as torch.save writes it; "
                + $"save it again with torch.save(model.state_dict(), path).");
        _prefix = pickles[0][..^PickleName.Length];
        _bigEndian = zip.Names.Contains(_prefix + "byteorder") && IsBigEndian(Part("byteorder"));
        Root = PickleReader.Read(Part(PickleName), 0, zip.Source).Root;
    }

    /// <inheritdoc/>
    public override object? Root { get; }

    /// <summary>Whether a part of that name is what makes a zip file PyTorch's.</summary>
    public static bool IsPickle(string name) => name == PickleName || name.EndsWith("/" + PickleName, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> Read(TorchStorage storage, int elementSize)
    {
        byte[] bytes = Part("data/" + storage.Key);
        CheckLength(storage, bytes.Length);
        for (int element = 0; _bigEndian && element <= bytes.Length - elementSize; element += elementSize)
            bytes.AsSpan(element, elementSize).Reverse();
        return bytes;
    }

    private bool IsBigEndian(byte[] order) => order.AsSpan().SequenceEqual("big"u8) || (order.AsSpan().SequenceEqual("little"u8)
        ? false
        : throw new DataException($"{Source} has a byte order that is neither 'little' nor 'big'; save it again with torch.save(model.state_dict(), path)."));

    // Stored as they are, parts cannot be larger than the file.
    private byte[] Part(string name)
    {
        if (!_zip.Names.Contains(_prefix + name))
            throw new DataException($"{Source} lacks its part {name}; save it again with torch.save(model.state_dict(), path).");
        (long length, long compressed) = _zip.SizeOf(_prefix + name);
        return compressed >= length || length <= LongestInflated
            ? _zip.Read(_prefix + name)
            : throw new DataException(
                $"{Source} has a compressed part {name} of {length} bytes, expected at most {LongestInflated}; "
                + "save it again with torch.save(model.state_dict(), path), which does not compress.");
    }
}
