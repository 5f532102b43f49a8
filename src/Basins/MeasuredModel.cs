using System.Collections.Immutable;
using BasinVolume.Basins.Losses;
using BasinVolume.Curvature;
using BasinVolume.Curvature.Structure;
using BasinVolume.Curvature.Volumes;
using BasinVolume.Curvature.Volumes.Gaussian;
using BasinVolume.Curvature.Volumes.Rays;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Basins;

/// <summary>
/// A loss to second order in the coordinates in which its prior is N(μ₀, σ²I): the parameters themselves, or, with a deviation for each, those that are drawn
/// in units of their deviations (<see cref="PriorWhitening"/>).
/// </summary>
/// <param name="Model">Loss, gradient, Hessian and weights in the eigenbasis.</param>
/// <param name="Hessian">H.</param>
/// <param name="Gradient">g.</param>
/// <param name="Weights">θ*.</param>
/// <param name="Eigenpairs">All eigenpairs of H.</param>
/// <param name="Bare">The spectrum without an added penalty.</param>
/// <param name="Prior">μ₀ and σ.</param>
/// <param name="Threshold">T or ΔT; T with a deviation for each parameter, if the loss is known.</param>
/// <param name="Deviations">σ_j of all parameters; null where one σ is for all.</param>
/// <param name="Free">Which parameters are drawn.</param>
public sealed record MeasuredModel(
    QuadraticModel Model,
    Matrix Hessian,
    double[] Gradient,
    double[] Weights,
    Eigenpairs Eigenpairs,
    Spectrum Bare,
    GaussianPrior Prior,
    BasinThreshold Threshold,
    ImmutableArray<double>? Deviations,
    ImmutableArray<int> Free) : IRayModel
{
    /// <summary>The model of a loss with one σ for all parameters.</summary>
    /// <param name="at">The loss to second order.</param>
    /// <param name="prior">μ₀ and σ.</param>
    /// <param name="threshold">T or ΔT.</param>
    /// <param name="threads">The team.</param>
    /// <param name="progress">Told the share of the eigenvectors done.</param>
    /// <param name="cancellation">Stops at the next panel of rows.</param>
    /// <exception cref="MatrixException">H is not square, finite and symmetric, or contradicts a null direction.</exception>
    public static MeasuredModel Of(
        SecondOrder at, GaussianPrior prior, BasinThreshold threshold, HostThreads threads, IProgress<double> progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(at);
        var solved = SolvedSpectrum.Whole(at.Hessian, at.Zeros, at.Exactness, threads, progress, cancellation);
        Eigenpairs pairs = solved.Pairs[0];
        return new(
            QuadraticModel.Of(at.Loss, solved.Spectrum, pairs, at.Gradient, at.Weights),
            at.Hessian, at.Gradient, at.Weights, pairs, solved.Spectrum, prior, threshold,
            Deviations: null, Free: [.. Enumerable.Range(0, at.Weights.Length)]);
    }

    /// <summary>The same loss under a prior with a deviation for each parameter.</summary>
    /// <param name="deviations">σ_j ≥ 0.</param>
    /// <param name="exactness">How exactly the Hessian is known.</param>
    /// <param name="threads">The team.</param>
    /// <param name="progress">Told the share of the eigenvectors done.</param>
    /// <param name="cancellation">Stops at the next panel of rows.</param>
    /// <exception cref="VolumeParameterException">A deviation is negative or not finite, or all are 0.</exception>
    public MeasuredModel Whitened(
        ImmutableArray<double> deviations, Exactness exactness, HostThreads threads, IProgress<double> progress, CancellationToken cancellation)
    {
        var white = PriorWhitening.Of(Hessian, Gradient, Weights, deviations.AsSpan(), Prior.Centre);
        // Rays begin where parameters that are not drawn are held, but an excess counts from θ*.
        BasinThreshold threshold = double.IsFinite(Model.Loss) ? Threshold.AsAbsolute(Model.Loss) : Threshold;
        // In units of the deviations the known null directions have other shapes, so that this matrix is solved whole.
        MeasuredModel solved = Of(
            new(Model.Loss, [.. white.Gradient], white.Hessian, [.. white.Weights], [], exactness), white.Prior, threshold, threads, progress, cancellation);
        return solved with { Model = solved.Model.Raised(white.Rise), Deviations = deviations, Free = white.Free };
    }

    /// <inheritdoc/>
    public IVolumeDefinition MeasureUnder(GaussianPrior prior) => GaussianMeasure.Of(Model, Threshold, prior);

    /// <inheritdoc/>
    public IRayPreconditioner Shaping(RayShape shape, BasinThreshold threshold, GaussianPrior prior)
    {
        double regularisation = IRayModel.Regularisation(Model.Loss, Model.Dimension, threshold, prior);
        return shape switch
        {
            RayShape.Automatic => TiltedPreconditioner.Of(Model, Eigenpairs, threshold, prior),
            RayShape.Hessian => new InverseRootPreconditioner(Eigenpairs, regularisation),
            RayShape.Diagonal => new DiagonalPreconditioner(
                [.. Enumerable.Range(0, Model.Dimension).Select(i => 1 / Math.Sqrt(Math.Abs(Hessian[i, i]) + regularisation))]),
            _ => new IdentityPreconditioner(),
        };
    }

    /// <inheritdoc/>
    public QuadraticReach ReachOf(
        ILossAtWeights loss, double excess, IRayPreconditioner preconditioner, RaySampling sampling, HostThreads threads, CancellationToken cancellation)
        => QuadraticReach.Of(loss, Weights, Gradient, Hessian, excess, preconditioner, sampling, threads, cancellation);

    /// <inheritdoc/>
    public ILossAtWeights LossOf(ILossAtWeights loss, double[] weights)
        => Deviations is null ? loss : new LossInCoordinates(loss, Free.Length, points => WeightsOf(points.Span, weights));

    /// <inheritdoc/>
    public double[] WeightsOf(ReadOnlySpan<double> points, double[] weights)
    {
        if (Deviations is not { } deviations)
            return [.. points];
        (int n, int free) = (weights.Length, Free.Length);
        double[] all = new double[points.Length / free * n], fixedWeights = Fixed(weights);
        for (int v = 0; v * free < points.Length; v++)
        {
            fixedWeights.CopyTo(all.AsSpan(v * n));
            for (int i = 0; i < free; i++)
                all[(v * n) + Free[i]] = deviations[Free[i]] * points[(v * free) + i];
        }

        return all;
    }

    // Parameters that are not drawn stay at the prior's centre.
    private double[] Fixed(double[] weights) => Prior.Centre == PriorCentre.Weights ? weights : new double[weights.Length];

    /// <summary>The same loss with a penalty ½λ|θ|².</summary>
    /// <param name="weightDecay">λ ≥ 0.</param>
    public MeasuredModel WithWeightDecay(double weightDecay)
    {
        if (weightDecay == 0)
            return this;
        var penalty = new L2Penalty(weightDecay);
        Matrix hessian = Hessian.Clone();
        penalty.AddHessian(hessian);
        double[] gradient = [.. Gradient];
        penalty.AddGradient(gradient, Weights);
        return this with { Model = Model.WithWeightDecay(weightDecay), Eigenpairs = Eigenpairs.Shifted(weightDecay), Hessian = hessian, Gradient = gradient };
    }
}
