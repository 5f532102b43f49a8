using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BasinVolume.Kernels.Host.Products;

/// <summary>
/// Workspace for the packed operands of a matrix product. It begins at a cache line, so that no packed vector lies across two of them, which costs twice the
/// time to load.
/// It grows to what is needed and is then used again: no allocation in loops.
/// </summary>
internal sealed class PackedOperand<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int CacheLine = 64;

    [ThreadStatic]
    private static ArraySegment<T> _own;

    private ArraySegment<T> _shared = ArraySegment<T>.Empty;

    /// <summary>Workspace for an operand that all threads use.</summary>
    public ArraySegment<T> Shared(long length) => Grown(ref _shared, length);

    /// <summary>Workspace for a block of the other one, each thread's own.</summary>
    public static Span<T> Own(int length) => Grown(ref _own, length);

    /// <summary>The first elements of a workspace, of which the rest is left.</summary>
    /// <param name="rest">The workspace; what is taken is gone afterwards.</param>
    /// <param name="length">How many.</param>
    public static Span<T> Taken(ref Span<T> rest, int length)
    {
        Span<T> taken = rest[..length];
        rest = rest[length..];
        return taken;
    }

    private static ArraySegment<T> Grown(ref ArraySegment<T> workspace, long length)
    {
        if (length > Array.MaxLength - CacheLine)
            throw new DeviceException(
                $"A matrix of this product takes {length} elements when it is packed, but one array holds at most {Array.MaxLength - CacheLine}; "
                + $"take a smaller layer.");
        if (workspace.Count < length)
            workspace = Allocate(length);
        return workspace;
    }

    private static ArraySegment<T> Allocate(long length)
    {
        // Pinned: it must not be moved away from its cache lines.
        T[] array = GC.AllocateUninitializedArray<T>((int)length + (CacheLine / Unsafe.SizeOf<T>()), pinned: true);
        nint beyondLine = Marshal.UnsafeAddrOfPinnedArrayElement(array, 0) & (CacheLine - 1);
        return new(array, (int)((CacheLine - beyondLine) / Unsafe.SizeOf<T>()), (int)length);
    }
}
