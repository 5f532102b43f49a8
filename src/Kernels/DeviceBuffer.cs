namespace BasinVolume.Kernels;

/// <summary>A stretch of one device's memory.</summary>
/// <typeparam name="T">float, double or int.</typeparam>
public abstract class DeviceBuffer<T> : IDisposable
    where T : unmanaged
{
    /// <summary>Number of elements.</summary>
    public abstract int Length { get; }

    /// <summary>All of the buffer.</summary>
    public View<T> View => new(this, 0, Length);

    /// <summary>Frees the memory; what reads or writes it afterwards throws <see cref="ObjectDisposedException"/>. A second time does nothing.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>
    /// Copies host values to the elements from <paramref name="offset"/> on; the source may be changed as soon as this returns, which may be before they are
    /// there: kernels and reads that come later find them.
    /// </summary>
    protected internal abstract void Write(int offset, ReadOnlySpan<T> source);

    /// <summary>Waits for all kernels that were started before and copies the elements from <paramref name="offset"/> on to the host.</summary>
    protected internal abstract void Read(int offset, Span<T> destination);

    /// <summary>
    /// Waits likewise and shows the elements from <paramref name="offset"/> on to the host, until the next kernel starts or the next elements are shown.
    /// </summary>
    protected internal abstract ReadOnlyMemory<T> ElementsAt(int offset, int length);

    /// <summary>
    /// Gives the elements from <paramref name="offset"/> on where they lie, to be written before the next kernel; false if the host cannot reach them.
    /// </summary>
    protected internal virtual bool TryReach(int offset, int length, out Memory<T> elements)
    {
        elements = default;
        return false;
    }

    /// <summary>What is thrown by a buffer that is used after its disposal.</summary>
    protected static ObjectDisposedException Freed()
        => new(nameof(DeviceBuffer<>), "This buffer was freed, by itself or with the plan that it belongs to; allocate another one.");

    /// <summary>Frees the memory.</summary>
    /// <param name="disposing">True when called by <see cref="Dispose()"/>.</param>
    protected abstract void Dispose(bool disposing);
}
