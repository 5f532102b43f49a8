using System.Collections.Immutable;
using BasinVolume.Autodiff;
using BasinVolume.Curvature;
using BasinVolume.Curvature.Structure;
using BasinVolume.Curvature.Volumes;
using BasinVolume.Kernels;

namespace BasinVolume.Mnist.Jobs;

/// <summary>What is known of a model's curvature at its weights.</summary>
/// <param name="Hessian">The Hessian of the training loss, penalty not included.</param>
/// <param name="HessianSeconds">Seconds for it.</param>
/// <param name="Solved">Its eigenvalues, and which of the zeros among them were known beforehand.</param>
/// <param name="SpectrumSeconds">Seconds for them.</param>
/// <param name="Notebook">The shifted quadratic, by the notebook's formula.</param>
/// <param name="Excess">The same with the excess of the threshold over the loss.</param>
/// <param name="Verification">
/// Exact identities that were checked, those that do not apply among them. Those of derivatives are of the loss without its penalty.
/// </param>
public sealed record CurvatureResult(
    Hessian Hessian, double HessianSeconds, SolvedSpectrum Solved, double SpectrumSeconds, NotebookVolume Notebook, QuadraticVolume Excess,
    ImmutableArray<IdentityCheck> Verification)
{
    /// <summary>The eigenvalues.</summary>
    public Spectrum Spectrum => Solved.Spectrum;
}
