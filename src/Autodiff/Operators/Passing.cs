using System.Numerics;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Kernels;

namespace BasinVolume.Autodiff.Operators;

/// <summary>What an operator passes on as it is.</summary>
internal static class Passing
{
    /// <summary>Copies or adds it; where both are one place, or nobody wants it, there is nothing to do.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="at">Where the operator is.</param>
    /// <param name="from">Where it is.</param>
    /// <param name="to">Where it goes; empty where nobody wants it.</param>
    /// <param name="accumulate">Whether it is added; never where both are one place.</param>
    public static void Pass<T>(Frame<T> at, View<T> from, View<T> to, bool accumulate)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (from != to)
            at.Kernels.Copy(1, to.Length, Batch<T>.Shared(from), Batch<T>.Shared(to), accumulate);
    }
}
