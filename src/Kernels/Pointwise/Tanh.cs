using System.Numerics;
using BasinVolume.Kernels.Elementary;

namespace BasinVolume.Kernels.Pointwise;

/// <summary>
/// f(x) = tanh x, f′ = 1 − f², f″ = −2 f f′. With e = exp(−2|x|), which never overflows, |f| = (1 − e) / (1 + e) and f′ = 4e / (1 + e)².
/// Below |x| = ½, where 1 − e cancels, f is Lambert's continued fraction x / (1 + x² / (3 + x² / (5 + …))). ±1 at ±∞, the derivatives 0; NaN for NaN.
/// </summary>
public readonly struct Tanh : IPointwise
{
    /// <inheritdoc/>
    public static string Name => "tanh";

    /// <inheritdoc/>
    public static bool IsPiecewiseLinear => false;

    /// <inheritdoc/>
    public static bool IsPositivelyHomogeneous => false;

    /// <inheritdoc/>
    public static T Value<T, TElementary>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TElementary : struct, IElementary<T>
    {
        T half = TElementary.Constant(0.5);
        if (x < half && x > -half)
            return Fraction<T, TElementary>(x);
        T e = Decay<T, TElementary>(x);
        T size = (T.One - e) / (T.One + e);
        return x < T.Zero ? -size : size;
    }

    /// <inheritdoc/>
    public static T Derivative<T, TElementary>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TElementary : struct, IElementary<T>
    {
        T e = Decay<T, TElementary>(x);
        T sum = T.One + e;
        return TElementary.Constant(4) * e / sum / sum;
    }

    /// <inheritdoc/>
    public static T SecondDerivative<T, TElementary>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TElementary : struct, IElementary<T>
        => TElementary.Constant(-2) * Value<T, TElementary>(x) * Derivative<T, TElementary>(x);

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

    // exp(−2|x|)
    private static T Decay<T, TElementary>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TElementary : struct, IElementary<T>
        => TElementary.Exp(x < T.Zero ? x + x : -(x + x));

    // Seven steps: at |x| = ½ what is left out is below 10⁻¹⁷.
    private static T Fraction<T, TElementary>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TElementary : struct, IElementary<T>
    {
        T square = x * x;
        T value = TElementary.Constant(15);
        value = TElementary.Constant(13) + (square / value);
        value = TElementary.Constant(11) + (square / value);
        value = TElementary.Constant(9) + (square / value);
        value = TElementary.Constant(7) + (square / value);
        value = TElementary.Constant(5) + (square / value);
        value = TElementary.Constant(3) + (square / value);
        return x / (T.One + (square / value));
    }
}
