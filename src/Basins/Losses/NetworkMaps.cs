using System.Numerics;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Curvature;
using BasinVolume.Curvature.Maps;
using BasinVolume.Kernels;

namespace BasinVolume.Basins.Losses;

/// <summary>
/// Second derivatives of a network's loss as linear maps: products by passes on a device, at the parameters that the plan has when they are asked for.
/// No matrix is held.
/// </summary>
public static class NetworkMaps
{
    /// <summary>The Hessian H.</summary>
    /// <typeparam name="T">What the device computes in.</typeparam>
    /// <param name="plan">The network.</param>
    /// <param name="samples">What the loss is a sum over.</param>
    public static ILinearMap Hessian<T>(Plan<T> plan, ISamples samples)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => new Map<T>(plan, (directions, cancellation) => Autodiff.Hessian.Multiply(plan, samples, directions, cancellation));

    /// <summary>The Gauss–Newton matrix G, positive semidefinite for the losses here.</summary>
    /// <typeparam name="T">What the device computes in.</typeparam>
    /// <param name="plan">The network.</param>
    /// <param name="samples">What the loss is a sum over.</param>
    public static ILinearMap GaussNewton<T>(Plan<T> plan, ISamples samples)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => new Map<T>(plan, (directions, cancellation) => Autodiff.GaussNewton.Multiply(plan, samples, directions, cancellation));

    private sealed class Map<T>(Plan<T> plan, Func<Matrix, CancellationToken, Matrix> multiply) : ILinearMap
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public int Order => plan.Network.ParameterCount;

        public double UnitRoundoff => typeof(T) == typeof(float) ? Spectrum.SingleRoundoff : Spectrum.DoubleRoundoff;

        public void Multiply(Matrix directions, Matrix products, CancellationToken cancellation)
            => multiply(directions, cancellation).Values.CopyTo(products.Values, 0);
    }
}
