using System.Collections.Immutable;
using BasinVolume.Autodiff.Identities;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Curvature.Structure;
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
    {
        if (weightDecay > 0)
            return [];
        FlatDirections flat = FlatDirections.Of(network, hessian, gradient);
        return
        [
            .. flat.Shifts.Select(shift => new ShiftInvariance(shift.Name, shift.Sets)),
            .. flat.Unfelt.Select(unfelt => new UnusedCoordinates(unfelt.Name, unfelt.Places)),
        ];
    }
}
