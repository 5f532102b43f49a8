using System.Collections.Immutable;
using BasinVolume.Autodiff;
using BasinVolume.Curvature.Groups;
using BasinVolume.Curvature.Structure;
using BasinVolume.Kernels;

namespace BasinVolume.Mnist.Spectra;

/// <summary>A symmetric matrix and what is known of it beforehand.</summary>
/// <param name="Name">What it is called: a file, or a model of a run.</param>
/// <param name="File">Where it was read.</param>
/// <param name="Read">The matrix and how exact it is.</param>
/// <param name="Groups">Its groups of parameters; empty if none are known.</param>
/// <param name="Gradient">The gradient of the same loss; empty if it is not known.</param>
/// <param name="Zeros">Its null directions; empty if none are known.</param>
public sealed record SpectrumSource(
    string Name,
    string File,
    SymmetricMatrix Read,
    ImmutableArray<ParameterGroup> Groups,
    ImmutableArray<double> Gradient,
    ImmutableArray<NullDirections> Zeros)
{
    /// <summary>The matrix.</summary>
    public Matrix Matrix => Read.Matrix;

    /// <summary>The null directions of a Hessian that follow from its network: those along which the loss is flat.</summary>
    /// <param name="network">The network.</param>
    /// <param name="hessian">H.</param>
    /// <param name="gradient">g.</param>
    /// <param name="weightDecay">The λ of the penalty that is in them; one above 0 leaves no direction flat.</param>
    public static ImmutableArray<NullDirections> ZerosOf(Network network, Matrix hessian, ReadOnlySpan<double> gradient, double weightDecay)
    {
        if (weightDecay > 0)
            return [];
        FlatDirections flat = FlatDirections.Of(network, hessian, gradient);
        return [.. flat.Shifts.Select(shift => new ShiftInvariance(shift.Name, shift.Sets)), .. flat.Unfelt.Select(unfelt => new UnusedCoordinates(unfelt.Name, unfelt.Places))];
    }
}
