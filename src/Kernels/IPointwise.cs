using System.Numerics;
using BasinVolume.Kernels.Elementary;

namespace BasinVolume.Kernels;

/// <summary>
/// A function of one variable with two derivatives, given at compile time. Kernels take it as a type parameter, so that
/// the loops and the GPU kernels contain the function itself and not a call.
/// </summary>
/// <remarks>
/// T is float or double. The vector forms are for the processor and give the same bits as the scalar ones. TElementary is the elementary functions in the
/// device's precision: the device that runs the function puts them in.
/// </remarks>
public interface IPointwise
{
    /// <summary>What the function is called where a network is described: "leaky-relu".</summary>
    static abstract string Name { get; }

    /// <summary>Whether f″ is 0 everywhere, so that passes may leave out what is multiplied by it.</summary>
    static abstract bool IsPiecewiseLinear { get; }

    /// <summary>Whether f(αx) = α f(x) for every α > 0.</summary>
    static abstract bool IsPositivelyHomogeneous { get; }

    /// <summary>f(x).</summary>
    /// <param name="x">The argument.</param>
    static abstract T Value<T, TElementary>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TElementary : struct, IElementary<T>;

    /// <summary>f′(x).</summary>
    /// <param name="x">The argument.</param>
    static abstract T Derivative<T, TElementary>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TElementary : struct, IElementary<T>;

    /// <summary>f″(x).</summary>
    /// <param name="x">The argument.</param>
    static abstract T SecondDerivative<T, TElementary>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TElementary : struct, IElementary<T>;

    /// <summary>f of each element.</summary>
    /// <param name="x">As many arguments as a vector of the processor has.</param>
    static abstract Vector<T> Value<T, TElementary>(Vector<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TElementary : struct, IElementary<T>;

    /// <summary>f′ of each element.</summary>
    /// <param name="x">As many arguments as a vector of the processor has.</param>
    static abstract Vector<T> Derivative<T, TElementary>(Vector<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TElementary : struct, IElementary<T>;

    /// <summary>f″ of each element.</summary>
    /// <param name="x">As many arguments as a vector of the processor has.</param>
    static abstract Vector<T> SecondDerivative<T, TElementary>(Vector<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TElementary : struct, IElementary<T>;
}
