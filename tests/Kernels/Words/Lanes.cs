using System.Numerics;

namespace BasinVolume.Kernels.Tests.Words;

/// <summary>The vector form of a function that has only a scalar one.</summary>
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
