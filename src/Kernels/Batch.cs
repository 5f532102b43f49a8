namespace BasinVolume.Kernels;

/// <summary>
/// One operand for each entry of a batch (usually: each direction): entry v begins v × <paramref name="Stride"/> elements
/// after the beginning of <paramref name="Data"/>. A stride of 0 means that all entries share one operand.
/// </summary>
/// <typeparam name="T">float, double or int.</typeparam>
/// <param name="Data">Where the operands lie.</param>
/// <param name="Stride">Elements from one entry's operand to the next one's; 0 when it is shared.</param>
public readonly record struct Batch<T>(View<T> Data, int Stride)
    where T : unmanaged
{
    /// <summary>Elements from the beginning of the data to the end of the last entry's operand.</summary>
    /// <exception cref="ArgumentException">The stride is negative, so that operands would lie before the data.</exception>
    public long Extent(int entries, long length)
    {
        if (entries <= 0 || length <= 0)
            return 0;
        return Stride >= 0
            ? ((entries - 1L) * Stride) + length
            : throw new ArgumentException($"A batch has the stride {Stride}; strides are at least 0.", nameof(entries));
    }

    /// <summary>One operand for all entries.</summary>
    /// <param name="data">The operand.</param>
    public static Batch<T> Shared(View<T> data) => new(data, 0);
}
