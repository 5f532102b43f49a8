using System.Numerics;
using BasinVolume.Kernels.Elementary;

namespace BasinVolume.Kernels.Pointwise;

/// <summary>
/// f(x) = x for x > 0, else x / 100 (the slope that PyTorch's LeakyReLU has when none is given). At exactly 0 the derivative is 1/100 as in PyTorch;
/// the second derivative is 0 everywhere. A NaN stays a NaN.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
public readonly struct LeakyRelu<T> : IPointwise<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static bool IsPiecewiseLinear => true;

    /// <inheritdoc/>
    public static T Value<TElementary>(T x)
        where TElementary : struct, IElementary<T>
        => x > T.Zero ? x : x * TElementary.Constant(0.01);

    /// <inheritdoc/>
    public static T Derivative<TElementary>(T x)
        where TElementary : struct, IElementary<T>
        => x > T.Zero ? T.One : TElementary.Constant(0.01);

    /// <inheritdoc/>
    public static T SecondDerivative<TElementary>(T x)
        where TElementary : struct, IElementary<T>
        => T.Zero;

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
