using System.Collections.Immutable;
using BasinVolume.Curvature.Solvers;
using BasinVolume.Curvature.Volumes;
using BasinVolume.Kernels.Linear;

namespace BasinVolume.Curvature.Stationary;

/// <summary>
/// Newton's method in a trust region (Nocedal and Wright, Numerical Optimization, chapters 4 and 7).
/// Each step z minimises gᵀz + ½ zᵀHz approximately within |z| ≤ Δ, by conjugate gradients that end at the region's border, also along a direction of negative
/// curvature (Steihaug 1983), or where |g + Hz| ≤ min(½, √(|g|/|g₀|)) |g|, which makes the convergence superlinear.
/// A preconditioner that has the outliers of the Hessian, as it was at the beginning, shapes the region as well: in the directions of large curvature, where it
/// is above 1, steps are shorter than Δ, and its conjugate gradients need not find these directions again in every step.
/// Δ shrinks where the loss does not fall by a quarter of what the model says, and grows where it falls by three quarters at the border.
/// </summary>
public sealed class TrustRegionNewton
{
    // A tenth of the weights' own length to begin with.
    private const double FirstRadius = 0.1;

    // A region smaller than this, relative to the weights, holds nothing but rounding and kinks.
    private const double LeastRadius = 1e-9;

    // Rounding of the loss, in units of its magnitude times the roundoff: sums over samples err by a few units.
    private const double NoiseUnits = 16;

    private readonly IDifferentiableLoss _loss;
    private readonly double _tolerance;
    private readonly int _mostSteps;
    private readonly IPreconditioner? _preconditioner;

    /// <summary>A search.</summary>
    /// <param name="loss">What is minimised.</param>
    /// <param name="tolerance">|g| that counts as zero, in units of the loss per parameter.</param>
    /// <param name="mostSteps">Steps after which it gives up, taken or not; at least 1.</param>
    /// <param name="preconditioner">M, of which lengths of steps are measured too; null for the identity.</param>
    /// <exception cref="VolumeParameterException">The tolerance is not a finite number above 0, or no step is allowed.</exception>
    public TrustRegionNewton(IDifferentiableLoss loss, double tolerance, int mostSteps, IPreconditioner? preconditioner = null)
    {
        ArgumentNullException.ThrowIfNull(loss);
        (_loss, _preconditioner) = (loss, preconditioner);
        _tolerance = VolumeParameterException.CheckedPositive("gradient tolerance", tolerance);
        _mostSteps = (int)VolumeParameterException.Checked("number of steps", mostSteps, mostSteps >= 1, "at least 1");
    }

    /// <summary>Searches from given weights.</summary>
    /// <param name="weights">θ, n elements; not changed.</param>
    /// <param name="progress">Told each step; may be null.</param>
    /// <param name="cancellation">Checked before each product.</param>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    public StationaryPoint From(double[] weights, IProgress<NewtonStep>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(weights);
        double[] theta = [.. weights], gradient = new double[weights.Length], trial = new double[weights.Length], trialGradient = new double[weights.Length];
        double loss = _loss.MoveTo(theta, gradient);
        double length = EuclideanNorm.Plain(theta);
        var start = new NewtonStep(loss, EuclideanNorm.Plain(gradient), 0, FirstRadius * (length > 0 ? length : 1), 0);
        var steps = ImmutableArray.CreateBuilder<NewtonStep>();
        (double radius, NewtonStep last) = (start.Radius, start);
        while (EndAt(last, radius, length, steps.Count) is null)
        {
            double accuracy = Math.Min(0.5, Math.Sqrt(last.GradientNorm / start.GradientNorm));
            TrustRegionStep step = TrustRegionStep.Of(gradient, _loss.Hessian, _preconditioner, radius, accuracy, cancellation);
            for (int i = 0; i < trial.Length; i++)
                trial[i] = theta[i] + step.Step[i];
            double trialLoss = _loss.MoveTo(trial, trialGradient);
            double noise = NoiseUnits * _loss.UnitRoundoff * Math.Abs(loss);
            // Below the rounding of the loss the gradient decides.
            double ratio = step.Fall > noise ? (loss - trialLoss) / step.Fall : EuclideanNorm.Plain(trialGradient) < last.GradientNorm ? 1 : 0;
            bool taken = ratio > 0.1;
            last = taken
                ? new(trialLoss, EuclideanNorm.Plain(trialGradient), step.Length, radius, step.Products)
                : last with { Length = 0, Radius = radius, Products = step.Products };
            radius = !(ratio >= 0.25) ? step.Reach / 4 : ratio > 0.75 && step.AtBorder ? 2 * radius : radius;
            if (taken)
            {
                (theta, trial, gradient, trialGradient, loss) = (trial, theta, trialGradient, gradient, trialLoss);
                length = EuclideanNorm.Plain(theta);
            }
            else
            {
                _loss.MoveTo(theta, gradient);
            }

            steps.Add(last);
            progress?.Report(last);
        }

        double distance = Math.Sqrt(CompensatedSum.Of(theta.Length, i => (theta[i] - weights[i]) * (theta[i] - weights[i])));
        return new(EndAt(last, radius, length, steps.Count)!.Value, [.. theta], start, steps.ToImmutable(), distance);
    }

    private SearchEnd? EndAt(NewtonStep last, double radius, double length, int steps)
    {
        if (!double.IsFinite(last.Loss) || !double.IsFinite(last.GradientNorm))
            return SearchEnd.NotANumber;
        if (last.GradientNorm <= _tolerance)
            return SearchEnd.Converged;
        if (radius < LeastRadius * (length > 0 ? length : 1))
            return SearchEnd.Stalled;
        return steps == _mostSteps ? SearchEnd.StepLimit : null;
    }
}
