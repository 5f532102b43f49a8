namespace BasinVolume.Kernels;

/// <summary>A part of a buffer: what every kernel takes and gives. A default view is empty.</summary>
/// <typeparam name="T">float, double or int.</typeparam>
public readonly record struct View<T>
    where T : unmanaged
{
    /// <summary>The elements <paramref name="offset"/> … <paramref name="offset"/> + <paramref name="length"/> − 1 of a buffer.</summary>
    /// <param name="buffer">What is looked at.</param>
    /// <param name="offset">The first element, counted from 0.</param>
    /// <param name="length">How many, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">They are not all inside the buffer.</exception>
    public View(DeviceBuffer<T> buffer, int offset, int length)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        if ((uint)offset > (uint)buffer.Length || (uint)length > (uint)(buffer.Length - offset))
            throw new ArgumentOutOfRangeException(
                nameof(length), $"Elements {offset} to {offset + (long)length} do not lie inside a buffer of {buffer.Length}.");
        Buffer = buffer;
        Offset = offset;
        Length = length;
    }

    /// <summary>The buffer that is looked at; null when the view is empty by default.</summary>
    public DeviceBuffer<T>? Buffer { get; }

    /// <summary>Where in the buffer the view begins.</summary>
    public int Offset { get; }

    /// <summary>Number of elements.</summary>
    public int Length { get; }

    /// <summary>Whether there is nothing to look at: how a pass is told that a tangent or an adjoint is zero or not wanted.</summary>
    public bool IsEmpty => Length == 0;

    /// <summary>A part of this view.</summary>
    /// <param name="offset">Its first element, counted from the beginning of this view.</param>
    /// <param name="length">How many elements, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The part is not inside this view.</exception>
    public View<T> Slice(int offset, int length)
    {
        if ((uint)offset > (uint)Length || (uint)length > (uint)(Length - offset))
            throw new ArgumentOutOfRangeException(nameof(length), $"Elements {offset} to {offset + (long)length} do not lie inside a view of {Length}.");
        return length == 0 ? default : new(Buffer!, Offset + offset, length);
    }

    /// <summary>The first elements: how kernels take of a view what they need, counted in 64 bits.</summary>
    /// <exception cref="ArgumentException">There are not so many.</exception>
    public View<T> First(long needed)
    {
        if (needed > Length)
            throw new ArgumentException($"A view of {Length} elements was given where {needed} are needed.", nameof(needed));
        return Slice(0, (int)Math.Max(0, needed));
    }

    /// <summary>Copies host values to the beginning of the view.</summary>
    /// <param name="source">The values, at most as many as the view has elements.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are more values than elements.</exception>
    public void Write(ReadOnlySpan<T> source)
    {
        if (source.IsEmpty)
            return;
        Slice(0, source.Length).Buffer!.Write(Offset, source);
    }

    /// <summary>
    /// Gives the elements where they lie, to be written before the next kernel starts, if the host can reach the device's memory;
    /// else they are written by <see cref="Write"/>.
    /// </summary>
    /// <param name="elements">The elements; empty if they cannot be reached.</param>
    /// <returns>Whether they can.</returns>
    public bool TryReach(out Memory<T> elements)
    {
        elements = default;
        return IsEmpty || Buffer!.TryReach(Offset, Length, out elements);
    }

    /// <summary>Waits for the kernels that were started before and copies the beginning of the view to the host.</summary>
    /// <param name="destination">Receives the elements; at most as many as the view has.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is longer than the view.</exception>
    public void Read(Span<T> destination)
    {
        if (destination.IsEmpty)
            return;
        Slice(0, destination.Length).Buffer!.Read(Offset, destination);
    }

    /// <summary>
    /// Waits likewise and gives the elements to be read before the next kernel starts or the next elements are shown:
    /// where they lie if the host can reach the device's memory, otherwise in memory of the device's own that transfers reach fastest.
    /// </summary>
    /// <returns>The elements; valid until the next kernel starts or the next elements are shown.</returns>
    public ReadOnlyMemory<T> Elements() => IsEmpty ? default : Buffer!.ElementsAt(Offset, Length);
}
