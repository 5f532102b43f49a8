namespace BasinVolume.Kernels;

/// <summary>
/// One operand for each member of a batch (usually: each direction): member v begins v × <paramref name="Stride"/> elements
/// after the beginning of <paramref name="Data"/>. A stride of 0 means that all members share one operand.
/// </summary>
/// <typeparam name="T">float, double or int.</typeparam>
/// <param name="Data">Where the operands lie.</param>
/// <param name="Stride">Elements from one member's operand to the next one's; 0 when it is shared.</param>
public readonly record struct Batch<T>(View<T> Data, int Stride)
    where T : unmanaged
{
    /// <summary>One operand for all members.</summary>
    /// <param name="data">The operand.</param>
    public static Batch<T> Shared(View<T> data) => new(data, 0);
}
