using System.Numerics;
using BasinVolume.Kernels.Elementary;

namespace BasinVolume.Kernels.Pointwise;

/// <summary>
/// f(x) = ln(1 + eˣ) = max(x, 0) + ln(1 + exp(−|x|)), which never overflows (PyTorch's Softplus with beta 1;
/// it replaces f by x above 20, where the two differ by 2·10⁻⁹).
/// f′ is the sigmoid and f″ its derivative. 0 and ∞ at ∓∞; NaN for NaN.
/// </summary>
public readonly struct Softplus : IPointwise
{
    /// <inheritdoc/>
    public static string Name => "softplus";

    /// <inheritdoc/>
    public static bool IsPiecewiseLinear => false;

    /// <inheritdoc/>
    public static bool IsPositivelyHomogeneous => false;

    /// <inheritdoc/>
    public static T Value<T, TElementary>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TElementary : struct, IElementary<T>
    {
        T logarithm = TElementary.Log1P(TElementary.Exp(x < T.Zero ? x : -x));
        return x > T.Zero ? x + logarithm : logarithm;
    }

    /// <inheritdoc/>
    public static T Derivative<T, TElementary>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TElementary : struct, IElementary<T>
        => Sigmoid.Value<T, TElementary>(x);

    /// <inheritdoc/>
    public static T SecondDerivative<T, TElementary>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TElementary : struct, IElementary<T>
        => Sigmoid.Derivative<T, TElementary>(x);

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
}
