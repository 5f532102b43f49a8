using System.Collections.Immutable;
using BasinVolume.Curvature.Groups;
using BasinVolume.Curvature.Structure;
using BasinVolume.Kernels;
using BasinVolume.Mnist.Matrices;
using BasinVolume.Report.Records;

namespace BasinVolume.Mnist.Jobs.SpectrumJob;

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
    /// <summary>How the run's weights do on the data; null for anyone's matrix, and where the run does not say.</summary>
    public EvaluationRecord? Evaluation { get; init; }

    /// <summary>What is known beforehand, for a person.</summary>
    public string Known => $"{Printable.Counted(Groups.Length, "group")} of parameters, {Printable.Counted(Zeros.Length, "kind")} of zeros known beforehand";

    /// <summary>The matrix.</summary>
    public Matrix Matrix => Read.Matrix;
}
