using System.Collections.Immutable;
using BasinVolume.Curvature;
using BasinVolume.Curvature.Groups;
using BasinVolume.Curvature.Structure;

namespace BasinVolume.Mnist.Jobs.SpectrumJob;

/// <summary>All that was found of a matrix.</summary>
/// <param name="Options">What was asked.</param>
/// <param name="Source">The matrix.</param>
/// <param name="Solved">Its spectrum.</param>
/// <param name="Damping">The log-determinant against the damping.</param>
/// <param name="Vectors">What each eigenvector says, in the order of the columns of eigenvectors.npy: ascending eigenvalues.</param>
/// <param name="Blocks">The matrix by groups of parameters; null if there are none.</param>
/// <param name="SolveSeconds">Seconds for eigenvalues and eigenvectors.</param>
/// <param name="Seconds">From the first file read to the last file written.</param>
public sealed record SpectrumResult(
    SpectrumOptions Options,
    SpectrumSource Source,
    SolvedSpectrum Solved,
    DampingCurve Damping,
    ImmutableArray<EigenvectorReport> Vectors,
    BlockAnalysis? Blocks,
    double SolveSeconds,
    double Seconds);
