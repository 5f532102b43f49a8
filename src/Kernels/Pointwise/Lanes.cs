using System.Numerics;

namespace BasinVolume.Kernels.Pointwise;

/// <summary>
/// The vector form of a function made of its scalar one, lane by lane: exponentials cost so much more than the lanes' coming and going that nothing is lost.
/// </summary>
internal static class Lanes
{
    public static Vector<T> Map<T>(Vector<T> x, Func<T, T> function)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Span<T> lanes = stackalloc T[Vector<T>.Count];
        x.CopyTo(lanes);
        foreach (ref T lane in lanes)
            lane = function(lane);
        return new Vector<T>(lanes);
    }
}
