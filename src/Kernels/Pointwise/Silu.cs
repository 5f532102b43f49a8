using System.Numerics;
using BasinVolume.Kernels.Elementary;

namespace BasinVolume.Kernels.Pointwise;

/// <summary>
/// f(x) = x σ(x) with the sigmoid σ; f′ = σ + x σ′, f″ = 2 σ′ + x σ″. Finite for every finite x; NaN for NaN and for −∞, as PyTorch's.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
public readonly struct Silu<T> : IPointwise<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static bool IsPiecewiseLinear => false;

    /// <inheritdoc/>
    public static T Value<TElementary>(T x)
        where TElementary : struct, IElementary<T>
        => x * Sigmoid<T>.Value<TElementary>(x);

    /// <inheritdoc/>
    public static T Derivative<TElementary>(T x)
        where TElementary : struct, IElementary<T>
        => Sigmoid<T>.Value<TElementary>(x) + (x * Sigmoid<T>.Derivative<TElementary>(x));

    /// <inheritdoc/>
    public static T SecondDerivative<TElementary>(T x)
        where TElementary : struct, IElementary<T>
    {
        T first = Sigmoid<T>.Derivative<TElementary>(x);
        return first + first + (x * Sigmoid<T>.SecondDerivative<TElementary>(x));
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
}
