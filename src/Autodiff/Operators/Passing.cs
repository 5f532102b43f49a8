using System.Numerics;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Kernels;

namespace BasinVolume.Autodiff.Operators;

/// <summary>Derivatives that an operator passes on as they are.</summary>
internal static class Passing
{
    /// <summary>Copies or adds them; where both are one place, or nobody wants them, there is nothing to do.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="at">Where the operator is.</param>
    /// <param name="from">Where they are.</param>
    /// <param name="to">Where they go; empty where nobody wants them.</param>
    /// <param name="accumulate">Whether they are added; never where both are one place.</param>
    public static void Pass<T>(Frame<T> at, View<T> from, View<T> to, bool accumulate)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (from != to)
            at.Kernels.Copy(1, to.Length, Batch<T>.Shared(from), Batch<T>.Shared(to), accumulate);
    }
}
