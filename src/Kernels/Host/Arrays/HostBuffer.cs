namespace BasinVolume.Kernels.Host.Arrays;

/// <summary>Device memory of the processor: an array.</summary>
internal sealed class HostBuffer<T>(T[] values) : DeviceBuffer<T>
    where T : unmanaged
{
    private T[]? _values = values;

    public override int Length { get; } = values.Length;

    /// <exception cref="ObjectDisposedException">The buffer was freed.</exception>
    public T[] Values => _values ?? throw Freed();

    protected internal override void Write(int offset, ReadOnlySpan<T> source) => source.CopyTo(Values.AsSpan(offset));

    protected internal override void Read(int offset, Span<T> destination) => Values.AsSpan(offset, destination.Length).CopyTo(destination);

    protected internal override ReadOnlyMemory<T> ElementsAt(int offset, int length) => Values.AsMemory(offset, length);

    protected internal override bool TryReach(int offset, int length, out Memory<T> elements)
    {
        elements = Values.AsMemory(offset, length);
        return true;
    }

    // The array itself is the garbage collector's, and whoever still computes with it keeps it.
    protected override void Dispose(bool disposing) => _values = null;
}
