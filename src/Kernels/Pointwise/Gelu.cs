using System.Numerics;
using BasinVolume.Kernels.Elementary;

namespace BasinVolume.Kernels.Pointwise;

/// <summary>
/// f(x) = x Φ(x) with the normal distribution Φ(x) = ½ erfc(−x/√2) and its density φ; f′ = Φ + x φ, f″ = 2φ − x² φ.
/// This is the form with the error function, PyTorch's GELU() (Hendrycks and Gimpel 2016).
/// Finite for every finite x; NaN for NaN and for −∞.
/// </summary>
public readonly struct Gelu : IPointwise
{
    /// <inheritdoc/>
    public static string Name => "gelu";

    /// <inheritdoc/>
    public static bool IsPiecewiseLinear => false;

    /// <inheritdoc/>
    public static bool IsPositivelyHomogeneous => false;

    /// <inheritdoc/>
    public static T Value<T, TElementary>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TElementary : struct, IElementary<T>
        => x * Distribution<T, TElementary>(x);

    /// <inheritdoc/>
    public static T Derivative<T, TElementary>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TElementary : struct, IElementary<T>
        => Distribution<T, TElementary>(x) + (x * Density<T, TElementary>(x));

    /// <inheritdoc/>
    public static T SecondDerivative<T, TElementary>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TElementary : struct, IElementary<T>
    {
        // x (x φ), not x² φ: x² may overflow where φ is 0.
        T density = Density<T, TElementary>(x);
        return density + density - (x * (x * density));
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

    private static T Distribution<T, TElementary>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TElementary : struct, IElementary<T>
        => TElementary.Constant(0.5) * TElementary.Erfc(x * TElementary.Constant(-0.7071067811865475244)); // 1/√2

    private static T Density<T, TElementary>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TElementary : struct, IElementary<T>
        => TElementary.Constant(0.3989422804014326779) * TElementary.Exp(TElementary.Constant(-0.5) * x * x); // 1/√(2π)
}
