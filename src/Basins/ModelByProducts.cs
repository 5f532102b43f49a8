using BasinVolume.Curvature.Densities;
using BasinVolume.Curvature.Lanczos;
using BasinVolume.Curvature.Maps;
using BasinVolume.Curvature.Volumes;
using BasinVolume.Curvature.Volumes.Estimated;
using BasinVolume.Curvature.Volumes.Gaussian;
using BasinVolume.Curvature.Volumes.Rays;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Basins;

/// <summary>
/// A loss to second order that is known by products, for rays: they are shaped by the deflated pairs, and by a multiple of the identity elsewhere, the mean
/// that the probes tell of the rest. What that leaves out is in the variance of the rays, and so in their interval.
/// </summary>
/// <param name="Model">What products tell; an added penalty is its weight decay.</param>
/// <param name="Pairs">The pairs that were deflated, of the bare H.</param>
/// <param name="Hessian">H with the penalty, at the weights.</param>
/// <param name="Gradient">g with the penalty.</param>
/// <param name="Weights">θ*.</param>
/// <param name="Prior">The prior of the quadratic definitions.</param>
/// <param name="Threshold">T or ΔT.</param>
public sealed record ModelByProducts(
    EstimatedModel Model, RitzPairs Pairs, ILinearMap Hessian, double[] Gradient, double[] Weights, GaussianPrior Prior, BasinThreshold Threshold) : IRayModel
{
    /// <inheritdoc/>
    public IVolumeDefinition MeasureUnder(GaussianPrior prior) => EstimatedGaussianMeasure.Of(Model, Threshold, prior);

    /// <inheritdoc/>
    /// <exception cref="VolumeParameterException">It is the Hessian's diagonal, which products do not tell exactly.</exception>
    public IRayPreconditioner Shaping(RayShape shape, BasinThreshold threshold, GaussianPrior prior)
    {
        ArgumentNullException.ThrowIfNull(threshold);
        ArgumentNullException.ThrowIfNull(prior);
        return shape switch
        {
            RayShape.Automatic => DeflatedRays.Tilted(Penalised(), Rest(h => h), TiltOf(threshold, prior), prior, Gradient, Weights),
            RayShape.Hessian => DeflatedRays.OfHessian(
                Penalised(), Rest(Math.Abs), IRayModel.Regularisation(Model.Loss, Model.Dimension, threshold, prior)),
            RayShape.Identity => new IdentityPreconditioner(),
            _ => throw new VolumeParameterException(
                "Rays cannot be shaped by the diagonal of a Hessian that is known by its products alone; shape them by its eigenpairs, or by nothing."),
        };
    }

    /// <inheritdoc/>
    public QuadraticReach ReachOf(
        ILossAtWeights loss, double excess, IRayPreconditioner preconditioner, RaySampling sampling, HostThreads threads, CancellationToken cancellation)
        => QuadraticReach.Of(loss, Weights, Gradient, Hessian, excess, preconditioner, sampling, threads, cancellation);

    /// <inheritdoc/>
    public ILossAtWeights LossOf(ILossAtWeights loss, double[] weights) => loss;

    /// <inheritdoc/>
    public double[] WeightsOf(ReadOnlySpan<double> points, double[] weights) => [.. points];

    private double TiltOf(BasinThreshold threshold, GaussianPrior prior)
        => Math.Min(EstimatedGaussianMeasure.Of(Model, threshold, prior).SaddlePoint ?? 0, 0);

    private RitzPairs Penalised()
        => Pairs with { Pairs = [.. Pairs.Pairs.Select(pair => pair with { Value = pair.Value + Model.WeightDecay })] };

    // The mean of f(h + λ) over all eigenvalues that are not deflated: zeros that are known, and those that the probes were drawn from. A mean of nodes with
    // weights, it lies where the tilted precision is above 0, as the saddle point has it at each node.
    private double Rest(Func<double, double> f)
    {
        ProbeQuadratures probes = Model.Curvature;
        int left = probes.Zeros + probes.Dimension;
        double zeros = probes.Zeros * f(Model.WeightDecay);
        double mean = probes.Probes.IsEmpty ? 0 : probes.Probes.Average(probe => probe.Mean(h => f(h + Model.WeightDecay)));
        return left == 0 ? f(Model.WeightDecay) : (zeros + (probes.Dimension * mean)) / left;
    }
}
