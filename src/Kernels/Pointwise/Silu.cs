using System.Numerics;
using BasinVolume.Kernels.Elementary;

namespace BasinVolume.Kernels.Pointwise;

/// <summary>
/// f(x) = x σ(x) with the sigmoid σ; f′ = σ + x σ′, f″ = 2 σ′ + x σ″. Finite for every finite x; NaN for NaN and for −∞, as PyTorch's.
/// </summary>
public readonly struct Silu : IPointwise
{
    /// <inheritdoc/>
    public static string Name => "silu";

    /// <inheritdoc/>
    public static bool IsPiecewiseLinear => false;

    /// <inheritdoc/>
    public static bool IsPositivelyHomogeneous => false;

    /// <inheritdoc/>
    public static T Value<T, TElementary>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TElementary : struct, IElementary<T>
        => x * Sigmoid.Value<T, TElementary>(x);

    /// <inheritdoc/>
    public static T Derivative<T, TElementary>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TElementary : struct, IElementary<T>
        => Sigmoid.Value<T, TElementary>(x) + (x * Sigmoid.Derivative<T, TElementary>(x));

    /// <inheritdoc/>
    public static T SecondDerivative<T, TElementary>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TElementary : struct, IElementary<T>
    {
        T first = Sigmoid.Derivative<T, TElementary>(x);
        return first + first + (x * Sigmoid.SecondDerivative<T, TElementary>(x));
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
}
