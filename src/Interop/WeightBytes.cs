namespace BasinVolume.Interop;

/// <summary>The bytes of a file of weights, with its parts if it is a zip archive.</summary>
internal sealed class WeightBytes : IDisposable
{
    /// <summary>The bytes of a file.</summary>
    /// <param name="file">The bytes.</param>
    /// <param name="source">What the file is called in errors.</param>
    /// <param name="expected">The tensors that are wanted of it.</param>
    /// <exception cref="DataException">It begins as a zip archive and is none.</exception>
    public WeightBytes(byte[] file, string source, IReadOnlyList<TensorShape> expected)
    {
        (File, Source, Expected) = (file, source, expected);
        Zip = file.AsSpan().StartsWith("PK"u8) ? new(file, source) : null;
    }

    /// <summary>All bytes.</summary>
    public byte[] File { get; }

    /// <summary>What the file is called in errors.</summary>
    public string Source { get; }

    /// <summary>The tensors that are wanted, which bounds what may be unpacked.</summary>
    public IReadOnlyList<TensorShape> Expected { get; }

    /// <summary>The parts of a zip archive; null for any other file.</summary>
    public ZipParts? Zip { get; }

    /// <inheritdoc/>
    public void Dispose() => Zip?.Dispose();
}
