using System.Numerics;

namespace BasinVolume.Kernels.Host;

/// <summary>Room for the packed right-hand operand of a matrix product. It grows to what is needed and is then used again: no allocation in loops.</summary>
internal sealed class PackedOperand<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [ThreadStatic]
    private static T[]? _left;

    private T[] _right = [];

    /// <summary>Room for the right-hand operand, shared by all threads.</summary>
    public T[] Right(int length) => Room(ref _right!, length);

    /// <summary>Room for a block of the left-hand operand, one for each thread.</summary>
    public static T[] Left(int length) => Room(ref _left, length);

    private static T[] Room(ref T[]? room, int length)
    {
        if (room is null || room.Length < length)
            room = GC.AllocateUninitializedArray<T>(length);
        return room;
    }
}
