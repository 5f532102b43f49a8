using System.Collections.Immutable;
using BasinVolume.Basins;
using BasinVolume.Curvature.Structure;
using BasinVolume.Curvature.Volumes;
using BasinVolume.Kernels;
using BasinVolume.Mnist.Matrices;
using BasinVolume.Mnist.Models;

namespace BasinVolume.Mnist.Jobs.VolumeJob;

/// <summary>A loss to second order around weights, and the constants that it comes with.</summary>
/// <param name="Name">What it is called: a file, or a model of a run.</param>
/// <param name="File">Where the Hessian was read.</param>
/// <param name="Read">H, n × n, and how exact it is.</param>
/// <param name="Loss">L(θ*); null if it is not known.</param>
/// <param name="Gradient">g, n elements; null if it is not known and counts as zero.</param>
/// <param name="Weights">θ*, n elements; null if they are not known.</param>
/// <param name="WeightDecay">The λ whose penalty is in loss, gradient and Hessian already.</param>
/// <param name="Usual">The constants where none are asked for.</param>
/// <param name="Deviations">σ_j of the prior, n elements; null for one σ.</param>
/// <param name="Model">The run's model; null for anyone's matrix.</param>
public sealed record VolumeSource(
    string Name,
    string File,
    SymmetricMatrix Read,
    double? Loss,
    ImmutableArray<double>? Gradient,
    ImmutableArray<double>? Weights,
    double WeightDecay,
    VolumeParameters Usual,
    ImmutableArray<double>? Deviations,
    RunModel? Model)
{
    /// <summary>H.</summary>
    public Matrix Hessian => Read.Matrix;

    /// <summary>
    /// The null directions of H that follow from the run's network; none for anyone's matrix, and none where the network is not here as it was.
    /// </summary>
    public ImmutableArray<NullDirections> KnownZeros()
        => Model?.OpenNetwork() is { } network && Gradient is { } gradient ? NetworkZeros.Of(network, Hessian, gradient.AsSpan(), WeightDecay) : [];

    /// <summary>The loss to second order; what is not known of it counts as zero.</summary>
    public SecondOrder ToSecondOrder()
    {
        double[] weights = Weights is { } known ? [.. known] : new double[Hessian.Rows];
        return new(Loss ?? double.NaN, Gradient is { } given ? [.. given] : new double[weights.Length], Hessian, weights, KnownZeros(), Read.Exactness);
    }

    /// <summary>What the Hessian that was read can be recognised by; it stays when the weights are moved.</summary>
    public string? HessianSha256 { get; init; }
}
