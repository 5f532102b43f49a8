using System.Numerics;
using BasinVolume.Kernels.Elementary;

namespace BasinVolume.Kernels.Pointwise;

/// <summary>
/// f(x) = 1 / (1 + e⁻ˣ), f′ = f (1 − f), f″ = f′ (1 − 2 f). With e = exp(−|x|), which never overflows, f′ = e / (1 + e)² and 1 − 2 f = ∓(1 − e) / (1 + e),
/// so that nothing cancels and small values keep their relative accuracy. 0 and 1 at ∓∞, the derivatives 0; NaN for NaN.
/// </summary>
public readonly struct Sigmoid : IPointwise
{
    /// <inheritdoc/>
    public static string Name => "sigmoid";

    /// <inheritdoc/>
    public static bool IsPiecewiseLinear => false;

    /// <inheritdoc/>
    public static bool IsPositivelyHomogeneous => false;

    /// <inheritdoc/>
    public static T Value<T, TElementary>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TElementary : struct, IElementary<T>
    {
        T e = Decay<T, TElementary>(x);
        return (x < T.Zero ? e : T.One) / (T.One + e);
    }

    /// <inheritdoc/>
    public static T Derivative<T, TElementary>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TElementary : struct, IElementary<T>
    {
        T e = Decay<T, TElementary>(x);
        T sum = T.One + e;
        return e / sum / sum;
    }

    /// <inheritdoc/>
    public static T SecondDerivative<T, TElementary>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TElementary : struct, IElementary<T>
    {
        T e = Decay<T, TElementary>(x);
        T slope = (T.One - e) / (T.One + e);
        return Derivative<T, TElementary>(x) * (x < T.Zero ? slope : -slope);
    }

    /// <inheritdoc/>
    public static Vector<T> Value<T, TElementary>(Vector<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TElementary : struct, IElementary<T>
        => Lanes.Map(x, Value<T, TElementary>);

    /// <inheritdoc/>
    public static Vector<T> Derivative<T, TElementary>(Vector<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TElementary : struct, IElementary<T>
        => Lanes.Map(x, Derivative<T, TElementary>);

    /// <inheritdoc/>
    public static Vector<T> SecondDerivative<T, TElementary>(Vector<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TElementary : struct, IElementary<T>
        => Lanes.Map(x, SecondDerivative<T, TElementary>);

    // exp(−|x|)
    private static T Decay<T, TElementary>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TElementary : struct, IElementary<T>
        => TElementary.Exp(x < T.Zero ? x : -x);
}
