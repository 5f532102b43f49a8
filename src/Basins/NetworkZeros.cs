using System.Collections.Immutable;
using BasinVolume.Autodiff.Identities;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Curvature.Maps;
using BasinVolume.Curvature.Structure;
using BasinVolume.Curvature.Subspaces;
using BasinVolume.Kernels;

namespace BasinVolume.Basins;

/// <summary>What a network's graph says of its Hessian beforehand.</summary>
public static class NetworkZeros
{
    /// <summary>The null directions of a Hessian that follow from its network: those along which the loss is flat.</summary>
    /// <param name="network">The network.</param>
    /// <param name="hessian">H.</param>
    /// <param name="gradient">g.</param>
    /// <param name="weightDecay">The λ of the penalty that is in them; one above 0 leaves no direction flat.</param>
    public static ImmutableArray<NullDirections> Of(Network network, Matrix hessian, ReadOnlySpan<double> gradient, double weightDecay)
        => weightDecay > 0 ? [] : Named(FlatDirections.Of(network, hessian, gradient));

    /// <summary>The same of a Hessian, or a Gauss–Newton matrix, that is known by its products alone, checked against it by a few more products.</summary>
    /// <param name="network">The network.</param>
    /// <param name="map">H or G, of all parameters.</param>
    /// <param name="gradient">g.</param>
    /// <param name="weightDecay">The λ of the penalty that is in them; one above 0 leaves no direction flat.</param>
    /// <param name="seed">Of the random directions.</param>
    /// <param name="cancellation">Stops where the map can.</param>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    public static KnownZeros Of(
        Network network, ILinearMap map, ReadOnlySpan<double> gradient, double weightDecay, ulong seed, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(map);
        if (weightDecay > 0)
            return KnownZeros.None(map.Order);
        Matrix products = KnownZeros.ProductsOf(map, seed, cancellation);
        return KnownZeros.Of(map, Named(FlatDirections.Of(network, products, gradient)), products, seed, cancellation);
    }

    private static ImmutableArray<NullDirections> Named(FlatDirections flat) =>
    [
        .. flat.Shifts.Select(shift => new ShiftInvariance(shift.Name, shift.Sets)),
        .. flat.Unfelt.Select(unfelt => new UnusedCoordinates(unfelt.Name, unfelt.Places)),
    ];
}
