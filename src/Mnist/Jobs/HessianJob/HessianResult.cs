using System.Collections.Immutable;
using BasinVolume.Data.Samples;
using BasinVolume.Interop.Weights;
using BasinVolume.Kernels;
using BasinVolume.Mnist.Jobs.MatrixFreeJob;
using BasinVolume.Mnist.Models;
using BasinVolume.Mnist.Training;

namespace BasinVolume.Mnist.Jobs.HessianJob;

/// <summary>All that was found of one model.</summary>
/// <param name="Options">What was asked.</param>
/// <param name="Model">The model.</param>
/// <param name="WeightsSha256">What the checkpoint can be recognised by; null for a model that was trained here.</param>
/// <param name="Device">Where it was computed.</param>
/// <param name="Data">The images.</param>
/// <param name="Indices">The training images that were used, in order.</param>
/// <param name="Training">How the training went; null for weights that were trained elsewhere.</param>
/// <param name="Found">How its weights do on the data.</param>
/// <param name="Curvature">The curvature by the dense matrix; null where products took its place.</param>
/// <param name="Seconds">From opening the device to the last volume, files included.</param>
public sealed record HessianResult(
    HessianOptions Options,
    RequestedModel Model,
    string? WeightsSha256,
    DeviceDescription Device,
    DataParts Data,
    ImmutableArray<int> Indices,
    TrainingHistory? Training,
    DataResult Found,
    CurvatureResult? Curvature,
    double Seconds)
{
    /// <summary>The curvature by products; null where there is a dense matrix.</summary>
    public MatrixFreeResult? ByProducts { get; init; }

    /// <summary>What was read of the weights; null for a model that was trained here.</summary>
    public StoredWeights? Weights { get; init; }

    /// <summary>How they do with each usual way to make pixels into inputs; null for weights that say how they were trained.</summary>
    public NormalizationTrials? Trials { get; init; }
}
