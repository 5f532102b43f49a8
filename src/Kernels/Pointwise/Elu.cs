using System.Numerics;
using BasinVolume.Kernels.Elementary;

namespace BasinVolume.Kernels.Pointwise;

/// <summary>
/// f(x) = x for x > 0, else eˣ − 1 = tanh(x/2) (1 + eˣ), which does not cancel near 0: PyTorch's ELU() with alpha 1 (Clevert, Unterthiner and Hochreiter 2016).
/// f′ = 1 or eˣ, and f″ = 0 or eˣ, which jumps at 0 and is taken as 0 there, as PyTorch does. −1 at −∞, the derivatives 0.
/// NaN for NaN: a NaN may count as positive or not (OpenCL's compiler turns comparisons round), so that both ways keep it.
/// </summary>
public readonly struct Elu : IPointwise
{
    /// <inheritdoc/>
    public static string Name => "elu";

    /// <inheritdoc/>
    public static bool IsPiecewiseLinear => false;

    /// <inheritdoc/>
    public static bool IsPositivelyHomogeneous => false;

    /// <inheritdoc/>
    public static T Value<T, TElementary>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TElementary : struct, IElementary<T>
        => x > T.Zero ? x : Tanh.Value<T, TElementary>(TElementary.Constant(0.5) * x) * (T.One + TElementary.Exp(x));

    /// <inheritdoc/>
    public static T Derivative<T, TElementary>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TElementary : struct, IElementary<T>
        => x > T.Zero ? T.One + (x * T.Zero) : TElementary.Exp(x);

    /// <inheritdoc/>
    public static T SecondDerivative<T, TElementary>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TElementary : struct, IElementary<T>
        => x < T.Zero ? TElementary.Exp(x) : x * T.Zero;

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
