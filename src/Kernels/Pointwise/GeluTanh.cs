using System.Numerics;
using BasinVolume.Kernels.Elementary;

namespace BasinVolume.Kernels.Pointwise;

/// <summary>
/// f(x) = ½ x (1 + tanh(√(2/π) (x + 0.044715 x³))) = x σ(v) with v = 2 √(2/π) (x + 0.044715 x³): the approximation of gelu that PyTorch calls
/// approximate='tanh'.
/// f′ = σ + x σ′ v′ and f″ = 2 σ′ v′ + x (σ″ v′² + σ′ v″). Beyond |x| = 30, where σ is 0 or 1 to the last bit and v may overflow, f is 0 or x.
/// NaN for NaN and for −∞: a NaN may count as far or not (OpenCL's compiler turns comparisons round), so that both ways keep it.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
public readonly struct GeluTanh<T> : IPointwise<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static bool IsPiecewiseLinear => false;

    /// <inheritdoc/>
    public static T Value<TElementary>(T x)
        where TElementary : struct, IElementary<T>
    {
        if (IsFar<TElementary>(x))
            return x > T.Zero ? x : x * T.Zero;
        return x * Sigmoid<T>.Value<TElementary>(Argument<TElementary>(x));
    }

    /// <inheritdoc/>
    public static T Derivative<TElementary>(T x)
        where TElementary : struct, IElementary<T>
    {
        if (IsFar<TElementary>(x))
            return x > T.Zero ? T.One + (x * T.Zero) : x * T.Zero; // never … + 0: ILGPU takes it for nothing, but −0 + 0 is +0
        T v = Argument<TElementary>(x);
        return Sigmoid<T>.Value<TElementary>(v) + (x * Sigmoid<T>.Derivative<TElementary>(v) * Slope<TElementary>(x));
    }

    /// <inheritdoc/>
    public static T SecondDerivative<TElementary>(T x)
        where TElementary : struct, IElementary<T>
    {
        if (IsFar<TElementary>(x))
            return x * T.Zero;
        T v = Argument<TElementary>(x);
        T slope = Slope<TElementary>(x);
        T bend = TElementary.Constant(12 * 0.79788456080286535588 * 0.044715) * x;
        T first = Sigmoid<T>.Derivative<TElementary>(v);
        T second = Sigmoid<T>.SecondDerivative<TElementary>(v);
        return (TElementary.Constant(2) * first * slope) + (x * ((second * slope * slope) + (first * bend)));
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

    private static bool IsFar<TElementary>(T x)
        where TElementary : struct, IElementary<T>
        => x > TElementary.Constant(30) || x < TElementary.Constant(-30);

    // v, with √(2/π) = 0.797…
    private static T Argument<TElementary>(T x)
        where TElementary : struct, IElementary<T>
        => TElementary.Constant(2 * 0.79788456080286535588) * (x + (TElementary.Constant(0.044715) * x * x * x));

    // v′
    private static T Slope<TElementary>(T x)
        where TElementary : struct, IElementary<T>
        => TElementary.Constant(2 * 0.79788456080286535588) * (T.One + (TElementary.Constant(3 * 0.044715) * x * x));
}
