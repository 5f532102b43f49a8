using System.Collections.Immutable;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Data.Samples;
using BasinVolume.Kernels;
using BasinVolume.Mnist.Jobs;
using BasinVolume.Mnist.Jobs.MatrixFreeJob;
using BasinVolume.Mnist.Training;
using BasinVolume.Report.Records;

namespace BasinVolume.Mnist.Notebook;

/// <summary>All that the main job found.</summary>
/// <param name="Options">What was asked.</param>
/// <param name="Device">Where it was computed.</param>
/// <param name="Data">The images.</param>
/// <param name="Indices">The training images that were used, in order.</param>
/// <param name="Models">One result a model.</param>
/// <param name="Seconds">From opening the device to the last volume, files included.</param>
public sealed record NotebookResult(
    NotebookOptions Options, DeviceDescription Device, DataParts Data, ImmutableArray<int> Indices, ImmutableArray<ModelResult> Models, double Seconds)
{
    /// <summary>The notebook, line by line, with these numbers; null where that was not asked for.</summary>
    public ImmutableArray<AuditRecord>? Audit { get; init; }
}

/// <summary>What the main job found for one model.</summary>
/// <param name="Model">How it was trained.</param>
/// <param name="Network">Its network.</param>
/// <param name="Parameters">θ after training, all n in the network's order.</param>
/// <param name="Training">How the training went.</param>
/// <param name="Found">How its weights do on the data.</param>
/// <param name="Dense">The curvature at θ by the dense matrix; null where that did not fit and products took its place.</param>
public sealed record ModelResult(
    NotebookModel Model,
    Network Network,
    ImmutableArray<double> Parameters,
    TrainingHistory Training,
    DataResult Found,
    CurvatureResult? Dense)
{
    /// <summary>The curvature by products; null where there is a dense matrix.</summary>
    public MatrixFreeResult? ByProducts { get; init; }

    /// <summary>The curvature by the dense matrix.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public CurvatureResult Curvature => Dense ?? throw new InvalidOperationException("There is no dense Hessian of this model.");

    /// <summary>What its self-check found.</summary>
    public CheckedDerivatives Checked => new(Model.Name, Dense?.Verification ?? ByProducts!.Zeros.Checks);
}
