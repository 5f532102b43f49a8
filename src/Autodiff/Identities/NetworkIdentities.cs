using System.Collections.Immutable;
using BasinVolume.Autodiff.Networks;

namespace BasinVolume.Autodiff.Identities;

/// <summary>All identities that networks are checked with.</summary>
public static class NetworkIdentities
{
    /// <summary>Those that cost next to nothing once the Hessian is there.</summary>
    public static ImmutableArray<IIdentity> Cheap { get; } =
        [new Symmetry(), new SoftmaxShift(), new Rescaling(), new LastLayer(), new DeadFeatures(), new CentralDifference()];

    /// <summary>All of them.</summary>
    public static ImmutableArray<IIdentity> All { get; } = [.. Cheap, new GaussNewtonBlocks(), new SampleOrder()];

    /// <summary>The most negative eigenvalues that the Hessian of a network can have, whatever parameters and data are; null where nothing is known.</summary>
    /// <param name="network">The network.</param>
    public static int? MostNegativeEigenvalues(Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return PiecewiseLinearLayers.MostNegativeEigenvalues(network);
    }
}
