using System.Numerics;
using BasinVolume.Kernels.Elementary;

namespace BasinVolume.Kernels.Pointwise;

/// <summary>
/// f(x) = ln(1 + eˣ) = max(x, 0) + ln(1 + exp(−|x|)), which never overflows (PyTorch's Softplus with beta 1;
/// it replaces f by x above 20, where the two differ by 2·10⁻⁹).
/// f′ is the sigmoid and f″ its derivative. 0 and ∞ at ∓∞; NaN for NaN.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
public readonly struct Softplus<T> : IPointwise<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static bool IsPiecewiseLinear => false;

    /// <inheritdoc/>
    public static T Value<TElementary>(T x)
        where TElementary : struct, IElementary<T>
    {
        T logarithm = TElementary.Log1P(TElementary.Exp(x < T.Zero ? x : -x));
        return x > T.Zero ? x + logarithm : logarithm;
    }

    /// <inheritdoc/>
    public static T Derivative<TElementary>(T x)
        where TElementary : struct, IElementary<T>
        => Sigmoid<T>.Value<TElementary>(x);

    /// <inheritdoc/>
    public static T SecondDerivative<TElementary>(T x)
        where TElementary : struct, IElementary<T>
        => Sigmoid<T>.Derivative<TElementary>(x);

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
}
