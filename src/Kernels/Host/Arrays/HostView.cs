namespace BasinVolume.Kernels.Host.Arrays;

/// <summary>A view whose memory is an array: what partitioned work keeps instead of a span.</summary>
internal readonly struct HostView<T>
    where T : unmanaged
{
    private readonly T[] _values;
    private readonly int _offset;

    /// <summary>The first elements of a view.</summary>
    /// <param name="view">The view.</param>
    /// <param name="needed">How many, counted in 64 bits: what is inside can be counted in 32.</param>
    /// <exception cref="ArgumentException">It has not so many, or lies in another device's memory.</exception>
    public HostView(View<T> view, long needed)
        : this(view.First(needed))
    {
    }

    public HostView(View<T> view)
    {
        _values = view.Buffer switch
        {
            HostBuffer<T> buffer => buffer.Values,
            null => [],
            _ => throw new ArgumentException(
                "The view lies in another device's memory; kernels of the host take views of buffers that the host allocated.", nameof(view)),
        };
        _offset = view.Offset;
        Length = view.Length;
    }

    public int Length { get; }

    public Span<T> Span => _values.AsSpan(_offset, Length);

    public Span<T> Slice(int start, int length) => Span.Slice(start, length);
}

/// <summary>A batch of operands in host memory.</summary>
/// <param name="batch">The operands.</param>
/// <param name="entries">How many there are.</param>
/// <param name="length">Elements of each.</param>
/// <exception cref="ArgumentException">They do not lie inside the view.</exception>
internal readonly struct HostBatch<T>(Batch<T> batch, int entries, long length)
    where T : unmanaged
{
    private readonly HostView<T> _data = new(batch.Data, batch.Extent(entries, length));
    private readonly int _stride = batch.Stride;

    /// <summary>The operand of one entry.</summary>
    public Span<T> Entry(int entry, int length) => _data.Slice(entry * _stride, length);

    /// <summary>A part of the operand of one entry.</summary>
    public Span<T> Entry(int entry, int start, int length) => _data.Slice((entry * _stride) + start, length);
}
