using System.Buffers.Binary;
using System.Numerics;
using BasinVolume.Interop.Pickles;

namespace BasinVolume.Interop.Torch;

/// <summary>
/// The form of torch.save before PyTorch 1.6, which <c>_use_new_zipfile_serialization=False</c> still writes (torch/serialization.py, _legacy_save):
/// five pickles one after the other (a mark, the protocol's version, facts of the machine, the object, the keys of its storages), then each storage in the
/// order of the keys: the number of its elements in eight bytes, and the elements.
/// Numbers are little-endian, whatever machine wrote them.
/// </summary>
internal sealed class LegacyTorchFile : TorchFile
{
    private const long Version = 1001;

    // Where the first pickle is at its longest: two bytes for the protocol, nine for a frame.
    private const int MostBeforeMark = 11;

    // 0x1950a86a20f9469cfc6c.
    private static readonly BigInteger Mark = new(MarkBytes[2..]);

    private readonly byte[] _file;

    // Where the elements of each storage begin, and their number.
    private readonly Dictionary<string, (int Start, long Count)> _storages = new(StringComparer.Ordinal);

    /// <summary>The form, for weights.</summary>
    public static WeightFormat Format { get; } = new(bytes => Is(bytes.File), bytes => TorchTensors.Of(new LegacyTorchFile(bytes.File, bytes.Source)));

    /// <summary>Opens it.</summary>
    /// <exception cref="DataException">It is damaged, or of another version.</exception>
    public LegacyTorchFile(byte[] file, string source)
        : base(source)
    {
        _file = file;
        int at = 0;
        if (Next(ref at).Root is not BigInteger mark || mark != Mark)
            throw new DataException($"{source} does not begin with PyTorch's mark; save it again with torch.save(model.state_dict(), path).");
        if (Next(ref at).Root is not Version)
            throw new DataException(
                $"{source} is of another version of PyTorch's format than {Version}; load it in PyTorch and save it again with "
                + $"torch.save(model.state_dict(), path).");
        Next(ref at);
        Pickle content = Next(ref at);
        Root = content.Root;
        Dictionary<string, int> sizes = SizesOf(content.Outside);
        if (Next(ref at).Root is not PickleObject { Elements: { } keys })
            throw Damaged("it has no list of its storages");
        foreach (object? key in keys)
            Place(key as string ?? throw Damaged("a storage has no name"), sizes, ref at);
        if (at != file.Length)
            throw Damaged($"{file.Length - at} bytes follow its last storage, at byte {at}");
    }

    /// <inheritdoc/>
    public override object? Root { get; }

    // The instruction for a long integer of ten bytes, and those.
    private static ReadOnlySpan<byte> MarkBytes => [0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19];

    /// <summary>Whether a file begins as these do.</summary>
    public static bool Is(ReadOnlySpan<byte> file) => file[..Math.Min(file.Length, MostBeforeMark + MarkBytes.Length)].IndexOf(MarkBytes) >= 0;

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> Read(TorchStorage storage, int elementSize)
    {
        if (!_storages.TryGetValue(storage.Key, out (int Start, long Count) place))
            throw Damaged($"it lacks the storage '{storage.Key}'");
        CheckLength(storage, place.Count * storage.Class.Size);
        return _file.AsMemory(place.Start, checked((int)(place.Count * storage.Class.Size)));
    }

    private Pickle Next(ref int at)
    {
        Pickle pickle = PickleReader.Read(_file, at, Source);
        at = (int)pickle.End;
        return pickle;
    }

    private static Dictionary<string, int> SizesOf(IEnumerable<PickleOutside> outside)
    {
        var sizes = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (TorchStorage storage in outside.Select(TorchStorage.Of).OfType<TorchStorage>())
            sizes[storage.Key] = storage.Class.Size;
        return sizes;
    }

    private void Place(string key, Dictionary<string, int> sizes, ref int at)
    {
        if (_file.Length - at < sizeof(long))
            throw Damaged($"it ends at byte {_file.Length}, where the storage '{key}' should begin");
        long count = BinaryPrimitives.ReadInt64LittleEndian(_file.AsSpan(at));
        at += sizeof(long);
        if (!sizes.TryGetValue(key, out int size) || size == 0)
            throw Damaged($"the elements of its storage '{key}' are of no known type");
        if (count < 0 || count > (_file.Length - at) / size)
            throw Damaged($"it ends at byte {_file.Length}, within the storage '{key}' of {count} elements");
        _storages[key] = (at, count);
        at += (int)(count * size);
    }

    private DataException Damaged(string why) => new($"{Source} is a damaged file of PyTorch before 1.6 ({why}); copy the file again.");
}
