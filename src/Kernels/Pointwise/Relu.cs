using System.Numerics;
using BasinVolume.Kernels.Elementary;

namespace BasinVolume.Kernels.Pointwise;

/// <summary>
/// f(x) = max(x, 0). At exactly 0 the derivative is taken as 0, as PyTorch does; the second derivative is 0 everywhere. A NaN stays a NaN.
/// </summary>
public readonly struct Relu : IPointwise
{
    /// <inheritdoc/>
    public static string Name => "relu";

    /// <inheritdoc/>
    public static bool IsPiecewiseLinear => true;

    /// <inheritdoc/>
    public static bool IsPositivelyHomogeneous => true;

    /// <inheritdoc/>
    public static T Value<T, TElementary>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TElementary : struct, IElementary<T>
        => x <= T.Zero ? T.Zero : x;

    /// <inheritdoc/>
    public static T Derivative<T, TElementary>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TElementary : struct, IElementary<T>
        => x > T.Zero ? T.One : T.Zero;

    /// <inheritdoc/>
    public static T SecondDerivative<T, TElementary>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TElementary : struct, IElementary<T>
        => T.Zero;

    /// <inheritdoc/>
    public static Vector<T> Value<T, TElementary>(Vector<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TElementary : struct, IElementary<T>
        => Vector.ConditionalSelect(Vector.LessThanOrEqual(x, Vector<T>.Zero), Vector<T>.Zero, x);

    /// <inheritdoc/>
    public static Vector<T> Derivative<T, TElementary>(Vector<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TElementary : struct, IElementary<T>
        => Vector.ConditionalSelect(Vector.GreaterThan(x, Vector<T>.Zero), Vector<T>.One, Vector<T>.Zero);

    /// <inheritdoc/>
    public static Vector<T> SecondDerivative<T, TElementary>(Vector<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TElementary : struct, IElementary<T>
        => Vector<T>.Zero;
}
