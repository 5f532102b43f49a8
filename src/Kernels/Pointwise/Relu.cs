using System.Numerics;
using BasinVolume.Kernels.Elementary;

namespace BasinVolume.Kernels.Pointwise;

/// <summary>
/// f(x) = max(x, 0). At exactly 0 the derivative is taken as 0, as PyTorch does; the second derivative is 0 everywhere. A NaN stays a NaN.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
public readonly struct Relu<T> : IPointwise<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static bool IsPiecewiseLinear => true;

    /// <inheritdoc/>
    public static T Value<TElementary>(T x)
        where TElementary : struct, IElementary<T>
        => x <= T.Zero ? T.Zero : x;

    /// <inheritdoc/>
    public static T Derivative<TElementary>(T x)
        where TElementary : struct, IElementary<T>
        => x > T.Zero ? T.One : T.Zero;

    /// <inheritdoc/>
    public static T SecondDerivative<TElementary>(T x)
        where TElementary : struct, IElementary<T>
        => T.Zero;

    /// <inheritdoc/>
    public static Vector<T> Value<TElementary>(Vector<T> x)
        where TElementary : struct, IElementary<T>
        => Vector.ConditionalSelect(Vector.LessThanOrEqual(x, Vector<T>.Zero), Vector<T>.Zero, x);

    /// <inheritdoc/>
    public static Vector<T> Derivative<TElementary>(Vector<T> x)
        where TElementary : struct, IElementary<T>
        => Vector.ConditionalSelect(Vector.GreaterThan(x, Vector<T>.Zero), Vector<T>.One, Vector<T>.Zero);

    /// <inheritdoc/>
    public static Vector<T> SecondDerivative<TElementary>(Vector<T> x)
        where TElementary : struct, IElementary<T>
        => Vector<T>.Zero;
}
