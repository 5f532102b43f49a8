using System.Numerics;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Curvature;
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
    public static INetworkMatrix Hessian<T>(Plan<T> plan, ISamples samples)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => new Map<T>(
            plan,
            isPositiveSemidefinite: false,
            (directions, products, cancellation) => Autodiff.Hessian.Multiply(plan, samples, directions, products, cancellation),
            (tensor, cancellation) => Autodiff.Hessian.Block(plan, samples, [tensor], [tensor], cancellation));

    /// <summary>The Gauss–Newton matrix G, positive semidefinite for the losses here.</summary>
    /// <typeparam name="T">What the device computes in.</typeparam>
    /// <param name="plan">The network.</param>
    /// <param name="samples">What the loss is a sum over.</param>
    public static INetworkMatrix GaussNewton<T>(Plan<T> plan, ISamples samples)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => new Map<T>(
            plan,
            isPositiveSemidefinite: true,
            (directions, products, cancellation) => Autodiff.GaussNewton.Multiply(plan, samples, directions, products, cancellation),
            (tensor, cancellation) => Autodiff.GaussNewton.Block(plan, samples, [tensor], [tensor], cancellation));

    private sealed class Map<T>(
        Plan<T> plan,
        bool isPositiveSemidefinite,
        Action<Matrix, Matrix, CancellationToken> multiply,
        Func<Parameter, CancellationToken, Matrix> block) : INetworkMatrix
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public int Order => plan.Network.ParameterCount;

        public double UnitRoundoff => typeof(T) == typeof(float) ? Spectrum.SingleRoundoff : Spectrum.DoubleRoundoff;

        public Network Network => plan.Network;

        public bool IsPositiveSemidefinite => isPositiveSemidefinite;

        public void Multiply(Matrix directions, Matrix products, CancellationToken cancellation)
            => multiply(directions, products, cancellation);

        public Matrix Block(Parameter tensor, CancellationToken cancellation) => block(tensor, cancellation);
    }
}
