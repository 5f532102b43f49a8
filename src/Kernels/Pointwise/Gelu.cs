using System.Numerics;
using BasinVolume.Kernels.Elementary;

namespace BasinVolume.Kernels.Pointwise;

/// <summary>
/// f(x) = x Φ(x) with the normal distribution Φ(x) = ½ erfc(−x/√2) and its density φ; f′ = Φ + x φ, f″ = 2φ − x² φ.
/// This is the form with the error function, PyTorch's GELU() (Hendrycks and Gimpel 2016).
/// Finite for every finite x; NaN for NaN and for −∞.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
public readonly struct Gelu<T> : IPointwise<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static bool IsPiecewiseLinear => false;

    /// <inheritdoc/>
    public static T Value<TElementary>(T x)
        where TElementary : struct, IElementary<T>
        => x * Distribution<TElementary>(x);

    /// <inheritdoc/>
    public static T Derivative<TElementary>(T x)
        where TElementary : struct, IElementary<T>
        => Distribution<TElementary>(x) + (x * Density<TElementary>(x));

    /// <inheritdoc/>
    public static T SecondDerivative<TElementary>(T x)
        where TElementary : struct, IElementary<T>
    {
        // x (x φ), not x² φ: x² may overflow where φ is 0.
        T density = Density<TElementary>(x);
        return density + density - (x * (x * density));
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

    private static T Distribution<TElementary>(T x)
        where TElementary : struct, IElementary<T>
        => TElementary.Constant(0.5) * TElementary.Erfc(x * TElementary.Constant(-0.7071067811865475244)); // 1/√2

    private static T Density<TElementary>(T x)
        where TElementary : struct, IElementary<T>
        => TElementary.Constant(0.3989422804014326779) * TElementary.Exp(TElementary.Constant(-0.5) * x * x); // 1/√(2π)
}
