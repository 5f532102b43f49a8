using System.Numerics;

namespace BasinVolume.Kernels.Host;

/// <summary>Room for the packed operands of a matrix product. It grows to what is needed and is then used again: no allocation in loops.</summary>
internal sealed class PackedOperand<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [ThreadStatic]
    private static T[]? _own;

    private T[] _shared = [];

    /// <summary>Room for an operand that all threads use.</summary>
    public T[] Shared(int length) => Room(ref _shared!, length);

    /// <summary>Room for a block of the other one, each thread's own.</summary>
    public static T[] Own(int length) => Room(ref _own, length);

    private static T[] Room(ref T[]? room, int length)
    {
        if (room is null || room.Length < length)
            room = GC.AllocateUninitializedArray<T>(length);
        return room;
    }
}
