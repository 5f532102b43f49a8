using System.Collections.Immutable;
using BasinVolume.Basins;
using BasinVolume.Curvature.MatrixFree;
using BasinVolume.Curvature.Subspaces;
using BasinVolume.Curvature.Volumes.Estimated;
using BasinVolume.Kernels.Linear;
using BasinVolume.Report.Records;

namespace BasinVolume.Mnist.Jobs.MatrixFreeJob;

/// <summary>What products with directions told of a model's second derivatives.</summary>
/// <param name="Request">What was asked.</param>
/// <param name="InsteadOfDense">Why there is no dense matrix; null where products were asked for.</param>
/// <param name="Loss">L at the weights, with the penalty where it is part of it.</param>
/// <param name="Gradient">Its gradient.</param>
/// <param name="WeightDecay">The λ that is in both and in the matrix.</param>
/// <param name="Zeros">What the network says of zeros beforehand.</param>
/// <param name="Stages">What each stage took.</param>
public sealed record MatrixFreeResult(
    MatrixFreeRequest Request,
    string? InsteadOfDense,
    double Loss,
    ImmutableArray<double> Gradient,
    double WeightDecay,
    KnownZeros Zeros,
    ImmutableArray<StageCost> Stages)
{
    /// <summary>All that is known of the matrix; not complete where the job was interrupted, and null before it was begun.</summary>
    public MatrixFreeCurvature? Curvature { get; init; }

    /// <summary>
    /// The loss to second order as products know it; null where gradient and prior were not reached, and of a block or a Gauss–Newton matrix.
    /// </summary>
    public EstimatedModel? Model { get; init; }

    /// <summary>The traces of the tensors; empty where they are not known.</summary>
    public ImmutableArray<TensorTraceRecord> Traces { get; init; } = [];

    /// <summary>The volumes that follow; empty where none do.</summary>
    public ImmutableArray<VolumeEntry> Volumes { get; init; } = [];

    /// <summary>|g|.</summary>
    public double GradientNorm => EuclideanNorm.Of(Gradient.AsSpan());

    /// <summary>Whether somebody stopped the job before it was through.</summary>
    public bool IsInterrupted { get; init; }

    /// <summary>What is not known, a sentence each.</summary>
    public ImmutableArray<string> Missing =>
    [
        .. Curvature?.Missing ?? [],
        .. IsInterrupted && Traces.IsEmpty && Request.Tensors.IsEmpty
            ? new[] { "The work was stopped before the traces of the tensors could be told; run it again to have them too." }
            : [],
    ];
}
