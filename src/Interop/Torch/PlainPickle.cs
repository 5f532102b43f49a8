using BasinVolume.Interop.Pickles;

namespace BasinVolume.Interop.Torch;

/// <summary>A pickle that Python's own <c>pickle.dump</c> wrote: tensors carry their storages with them.</summary>
/// <param name="file">The bytes of the file.</param>
/// <param name="source">What it is called in errors.</param>
internal sealed class PlainPickle(byte[] file, string source) : TorchFile(source)
{
    /// <summary>The form, for weights.</summary>
    public static WeightFormat Format { get; } = new(bytes => Is(bytes.File), bytes => TorchTensors.Of(new PlainPickle(bytes.File, bytes.Source)));

    /// <inheritdoc/>
    public override object? Root { get; } = PickleReader.Read(file, 0, source).Root;

    /// <summary>Whether a file begins as pickles of protocol 2 to 5 do.</summary>
    public static bool Is(ReadOnlySpan<byte> file) => file.Length > 2 && file[0] == 0x80 && file[1] is >= 2 and <= 5;

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> Read(TorchStorage storage, int elementSize)
        => throw new DataException($"{Source} names a storage '{storage.Key}' that is not in it; save it again with torch.save(model.state_dict(), path).");
}
