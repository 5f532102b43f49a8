using BasinVolume.Curvature.Volumes.Gaussian;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Linear;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Curvature.Volumes.Rays;

/// <summary>
/// Rays to where a point of the prior lies, given that it lies in the basin of the quadratic model. There the prior N(μ₀, σ²I) is nearly exp(sQ) times itself,
/// Q the rise of the quadratic loss and s the saddle point of
/// <see cref="GaussianMeasure"/>: normal with precision and mean
///     Λ = I/σ² − sH,   θ* + d,   Λ d = (μ₀ − θ*)/σ² + s g.
/// A ray is the direction of d + Λ^(−½) z = Λ^(−½)(b + z), b = Λ^½ d, z standard normal. To first order in how a ray deviates from the mean one its weight does
/// not change, because at the saddle point the tilted prior has its largest part of a ray where that leaves the basin;
/// so on a quadratic the weights spread by a factor of the order of 1 in any dimension. Where the basin holds more than half of the prior, s = 0:
/// the prior's own directions.
/// </summary>
public sealed class TiltedPreconditioner : IRayPreconditioner
{
    private readonly IRayPreconditioner _shape;
    private readonly double[] _drift;

    private TiltedPreconditioner(IRayPreconditioner shape, double[] drift) => (_shape, _drift) = (shape, drift);

    /// <inheritdoc/>
    public string Name => "tilted";

    /// <inheritdoc/>
    public ReadOnlySpan<double> Drift => _drift;

    /// <summary>The rays of a model under a prior.</summary>
    /// <param name="model">Loss, gradient, Hessian and weights to second order.</param>
    /// <param name="eigenpairs">All eigenpairs of the model's Hessian. Used, not copied.</param>
    /// <param name="threshold">How high the loss may be.</param>
    /// <param name="prior">μ₀ and σ.</param>
    /// <exception cref="MatrixException">Eigenvectors are missing.</exception>
    public static TiltedPreconditioner Of(QuadraticModel model, Eigenpairs eigenpairs, BasinThreshold threshold, GaussianPrior prior)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(eigenpairs);
        ArgumentNullException.ThrowIfNull(threshold);
        ArgumentNullException.ThrowIfNull(prior);
        int n = model.Dimension;
        double tilt = Math.Min(GaussianMeasure.Of(model, threshold, prior).SaddlePoint ?? 0, 0);
        double square = prior.Deviation * prior.Deviation;
        double[] precisions = new double[n], along = new double[n], drift = new double[n];
        for (int i = 0; i < n; i++)
        {
            double displacement = prior.Centre == PriorCentre.Origin ? -model.Weights[i] : 0;
            precisions[i] = (1 / square) - (tilt * model.Hessian.Eigenvalues[i]);
            along[i] = ((displacement / square) + (tilt * model.Gradient[i])) / Math.Sqrt(precisions[i]);
        }

        IRayPreconditioner shape = tilt == 0 ? new IdentityPreconditioner() : InverseRootPreconditioner.Of(eigenpairs, precisions);
        for (int i = 0; i < n; i++)
            Vectors.AddScaled(drift, along[i], eigenpairs.Vector(i));
        return new(shape, drift);
    }

    /// <inheritdoc/>
    public void Apply(Matrix directions, HostThreads threads) => _shape.Apply(directions, threads);
}
