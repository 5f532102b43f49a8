
namespace BasinVolume.Interop.Torch;

/// <summary>A file of torch.save, of whatever age: a pickle that names storages, and the bytes of those.</summary>
internal abstract class TorchFile(string source)
{
    /// <summary>What the file is called in errors.</summary>
    public string Source { get; } = source;

    /// <summary>What its pickle says.</summary>
    public abstract object? Root { get; }

    /// <summary>The elements of a storage, little-endian, as many as it is said to have.</summary>
    /// <param name="storage">The storage.</param>
    /// <param name="elementSize">Bytes of an element, as it is looked at.</param>
    /// <exception cref="DataException">It is not there, or has another length.</exception>
    public abstract ReadOnlyMemory<byte> Read(TorchStorage storage, int elementSize);

    /// <summary>Checks that a storage has as many bytes as its elements take.</summary>
    protected void CheckLength(TorchStorage storage, long bytes)
    {
        if (bytes != (Int128)storage.Count * storage.Class.Size)
            throw new DataException(
                $"{Source} has a storage '{storage.Key}' of {bytes} bytes, expected {storage.Count} elements of {storage.Class.Size}; copy the file again.");
    }
}
