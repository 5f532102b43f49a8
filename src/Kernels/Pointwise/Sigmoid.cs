using System.Numerics;
using BasinVolume.Kernels.Elementary;

namespace BasinVolume.Kernels.Pointwise;

/// <summary>
/// f(x) = 1 / (1 + e⁻ˣ), f′ = f (1 − f), f″ = f′ (1 − 2 f). With e = exp(−|x|), which never overflows, f′ = e / (1 + e)² and 1 − 2 f = ∓(1 − e) / (1 + e),
/// so that nothing cancels and small values keep their relative accuracy. 0 and 1 at ∓∞, the derivatives 0; NaN for NaN.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
public readonly struct Sigmoid<T> : IPointwise<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static bool IsPiecewiseLinear => false;

    /// <inheritdoc/>
    public static T Value<TElementary>(T x)
        where TElementary : struct, IElementary<T>
    {
        T e = Decay<TElementary>(x);
        return (x < T.Zero ? e : T.One) / (T.One + e);
    }

    /// <inheritdoc/>
    public static T Derivative<TElementary>(T x)
        where TElementary : struct, IElementary<T>
    {
        T e = Decay<TElementary>(x);
        T sum = T.One + e;
        return e / sum / sum;
    }

    /// <inheritdoc/>
    public static T SecondDerivative<TElementary>(T x)
        where TElementary : struct, IElementary<T>
    {
        T e = Decay<TElementary>(x);
        T slope = (T.One - e) / (T.One + e);
        return Derivative<TElementary>(x) * (x < T.Zero ? slope : -slope);
    }

    /// <inheritdoc/>
    public static Vector<T> Value<TElementary>(Vector<T> x)
        where TElementary : struct, IElementary<T>
        => Lanes.Map(x, Value<TElementary>);

    /// <inheritdoc/>
    public static Vector<T> Derivative<TElementary>(Vector<T> x)
        where TElementary : struct, IElementary<T>
        => Lanes.Map(x, Derivative<TElementary>);

    /// <inheritdoc/>
    public static Vector<T> SecondDerivative<TElementary>(Vector<T> x)
        where TElementary : struct, IElementary<T>
        => Lanes.Map(x, SecondDerivative<TElementary>);

    // exp(−|x|)
    private static T Decay<TElementary>(T x)
        where TElementary : struct, IElementary<T>
        => TElementary.Exp(x < T.Zero ? x : -x);
}
