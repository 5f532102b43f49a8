using System.Numerics;
using BasinVolume.Kernels.Elementary;

namespace BasinVolume.Kernels.Pointwise;

/// <summary>
/// f(x) = ½ x (1 + tanh(√(2/π) (x + 0.044715 x³))) = x σ(v) with v = 2 √(2/π) (x + 0.044715 x³): the approximation of gelu that PyTorch calls
/// approximate='tanh'.
/// f′ = σ + x σ′ v′ and f″ = 2 σ′ v′ + x (σ″ v′² + σ′ v″). Beyond |x| = 30, where σ is 0 or 1 to the last bit and v may overflow, f is 0 or x.
/// NaN for NaN and for −∞: a NaN may count as far or not (OpenCL's compiler turns comparisons round), so that both ways keep it.
/// </summary>
public readonly struct GeluTanh : IPointwise
{
    /// <inheritdoc/>
    public static string Name => "gelu-tanh";

    /// <inheritdoc/>
    public static bool IsPiecewiseLinear => false;

    /// <inheritdoc/>
    public static bool IsPositivelyHomogeneous => false;

    /// <inheritdoc/>
    public static T Value<T, TElementary>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TElementary : struct, IElementary<T>
    {
        if (IsFar<T, TElementary>(x))
            return x > T.Zero ? x : x * T.Zero;
        return x * Sigmoid.Value<T, TElementary>(Argument<T, TElementary>(x));
    }

    /// <inheritdoc/>
    public static T Derivative<T, TElementary>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TElementary : struct, IElementary<T>
    {
        if (IsFar<T, TElementary>(x))
            return x > T.Zero ? T.One + (x * T.Zero) : x * T.Zero; // never … + 0: ILGPU takes it for nothing, but −0 + 0 is +0
        T v = Argument<T, TElementary>(x);
        return Sigmoid.Value<T, TElementary>(v) + (x * Sigmoid.Derivative<T, TElementary>(v) * Slope<T, TElementary>(x));
    }

    /// <inheritdoc/>
    public static T SecondDerivative<T, TElementary>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TElementary : struct, IElementary<T>
    {
        if (IsFar<T, TElementary>(x))
            return x * T.Zero;
        T v = Argument<T, TElementary>(x);
        T slope = Slope<T, TElementary>(x);
        T bend = TElementary.Constant(12 * 0.79788456080286535588 * 0.044715) * x;
        T first = Sigmoid.Derivative<T, TElementary>(v);
        T second = Sigmoid.SecondDerivative<T, TElementary>(v);
        return (TElementary.Constant(2) * first * slope) + (x * ((second * slope * slope) + (first * bend)));
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

    private static bool IsFar<T, TElementary>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TElementary : struct, IElementary<T>
        => x > TElementary.Constant(30) || x < TElementary.Constant(-30);

    // v, with √(2/π) = 0.797…
    private static T Argument<T, TElementary>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TElementary : struct, IElementary<T>
        => TElementary.Constant(2 * 0.79788456080286535588) * (x + (TElementary.Constant(0.044715) * x * x * x));

    // v′
    private static T Slope<T, TElementary>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TElementary : struct, IElementary<T>
        => TElementary.Constant(2 * 0.79788456080286535588) * (T.One + (TElementary.Constant(3 * 0.044715) * x * x));
}
