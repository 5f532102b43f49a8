using BasinVolume.Curvature.Volumes;
using BasinVolume.Curvature.Volumes.Gaussian;
using BasinVolume.Curvature.Volumes.Rays;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Basins;

/// <summary>
/// What a study of rays asks of the quadratic model beside the true loss, whether its matrix is held (<see cref="MeasuredModel"/>) or known by its products
/// (<see cref="ModelByProducts"/>), in the coordinates in which the prior is N(μ₀, σ²I).
/// </summary>
public interface IRayModel
{
    /// <summary>θ*.</summary>
    double[] Weights { get; }

    /// <summary>The prior of the quadratic definitions.</summary>
    GaussianPrior Prior { get; }

    /// <summary>T or ΔT.</summary>
    BasinThreshold Threshold { get; }

    /// <summary>The quadratic's own probability up to the threshold.</summary>
    /// <param name="prior">Under which prior.</param>
    IVolumeDefinition MeasureUnder(GaussianPrior prior);

    /// <summary>What shapes the rays for a threshold.</summary>
    /// <param name="shape">What was asked for.</param>
    /// <param name="threshold">T or ΔT.</param>
    /// <param name="prior">The rays' prior.</param>
    IRayPreconditioner Shaping(RayShape shape, BasinThreshold threshold, GaussianPrior prior);

    /// <summary>The true loss where the quadratic reaches the threshold.</summary>
    /// <param name="loss">The true loss in these coordinates.</param>
    /// <param name="excess">ΔT &gt; 0.</param>
    /// <param name="preconditioner">What shapes the rays.</param>
    /// <param name="sampling">How many.</param>
    /// <param name="threads">The team.</param>
    /// <param name="cancellation">Checked before each evaluation.</param>
    QuadraticReach ReachOf(
        ILossAtWeights loss, double excess, IRayPreconditioner preconditioner, RaySampling sampling, HostThreads threads, CancellationToken cancellation);

    /// <summary>The true loss in these coordinates.</summary>
    /// <param name="loss">The loss of all parameters.</param>
    /// <param name="weights">θ* of all parameters.</param>
    ILossAtWeights LossOf(ILossAtWeights loss, double[] weights);

    /// <summary>Points in these coordinates as weights of all parameters, one after the other.</summary>
    double[] WeightsOf(ReadOnlySpan<double> points, double[] weights);

    /// <summary>
    /// Of rays by the Hessian alone: they have the curvature of the basin's own Gaussian times the prior, |H| + μI with μ = 2ΔT/(nσ²), which suits the volume
    /// in parameter units.
    /// </summary>
    /// <param name="loss">L(θ*).</param>
    /// <param name="dimension">n.</param>
    /// <param name="threshold">T or ΔT.</param>
    /// <param name="prior">σ.</param>
    internal static double Regularisation(double loss, int dimension, BasinThreshold threshold, GaussianPrior prior)
        => 2 * Math.Abs(threshold.Above(loss)) / dimension / prior.Deviation / prior.Deviation;
}
