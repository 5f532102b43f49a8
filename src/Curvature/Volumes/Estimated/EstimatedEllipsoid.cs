using BasinVolume.Curvature.Densities;
using BasinVolume.Curvature.Estimates;
using BasinVolume.Curvature.Lanczos;

namespace BasinVolume.Curvature.Volumes.Estimated;

/// <summary>
/// The log-volume of {δ : ½ δᵀ(H + μI)δ ≤ τ} with the interval of the log-determinant carried through,
/// <code>
/// log V = log V_n + (n/2) log(2τ) − ½ log det(H + μI),
/// </code>
/// each term in the interval where it is known to lie: τ with certainty, the log-determinant by a bracket of its quadratures and the spread of its probes.
/// Where it is not known that H + μI is positive definite there is no volume: <see cref="EllipsoidVolume"/> of the dense matrix has none, or one.
/// </summary>
public sealed record EstimatedEllipsoid
{
    private EstimatedEllipsoid(int dimension, double shift, Interval height, VolumeStatus status, string? reason)
        => (Dimension, Shift, Height, Status, Reason) = (dimension, shift, height, status, reason);

    /// <summary>n, the number of parameters.</summary>
    public int Dimension { get; }

    /// <summary>μ, what is added to every eigenvalue of the bare H.</summary>
    public double Shift { get; }

    /// <summary>τ, how far the loss may rise, in its units.</summary>
    public Interval Height { get; }

    /// <summary>Whether there is a volume.</summary>
    public VolumeStatus Status { get; }

    /// <summary>One sentence that says why there is no volume; null if there is one.</summary>
    public string? Reason { get; }

    /// <summary>log det(H + μI); null without a volume.</summary>
    public SampledNumber? LogDeterminant { get; private init; }

    /// <summary>(n/2) log(2τ); of no meaning without a volume.</summary>
    public Interval ThresholdTerm => Dimension / 2.0 * new Interval(Math.Log(2 * Height.Low), Math.Log(2 * Height.High));

    /// <summary>−½ Σ log(1 + h_i/μ), what the network contributes; null without a volume, or where μ is not positive.</summary>
    public SampledNumber? CurvatureTerm => Shift > 0 ? LogDeterminant?.Plus(Certain(-Dimension * Math.Log(Shift))).Times(-0.5) : null;

    /// <summary>log V with a given unit ball; null without a volume.</summary>
    /// <param name="logUnitBall">log V_n, exact or by Stirling's approximation.</param>
    public SampledNumber? LogVolume(double logUnitBall) => LogDeterminant?.Times(-0.5).Plus(ThresholdTerm + logUnitBall);

    /// <summary>The volume from what probes tell.</summary>
    /// <param name="model">The model.</param>
    /// <param name="shift">μ, finite, the weight decay included.</param>
    /// <param name="height">Where τ lies; the region is empty where it is not positive, or a NaN.</param>
    /// <param name="cancellation">Checked now and then.</param>
    internal static EstimatedEllipsoid Of(EstimatedModel model, double shift, Interval height, CancellationToken cancellation)
    {
        ProbeQuadratures probes = model.Curvature;
        int n = model.Dimension;
        if (!(height.High > 0))
            return new(n, shift, height, VolumeStatus.Empty, WhyEmpty(height.High));
        if (!(height.Low > 0 && double.IsFinite(height.High)))
            return new(n, shift, height, VolumeStatus.Failed, WhyUncertain(height));
        if (WhyUnbounded(model, shift) is { } unbounded)
            return new(n, shift, height, VolumeStatus.Unbounded, unbounded);
        // Of H itself the logarithm is taken in units of what was met of the spectrum.
        double unit = shift > 0 ? shift : probes.Scale;
        SpectralFunction function = shift > 0
            ? SpectralFunction.Logarithm(shift)
            : new(lambda => Math.Log((lambda + shift) / unit), Even: -1, Odd: 1, From: -shift);
        var trace = FunctionTrace.Of(probes, function, model.Trace, cancellation);
        if (trace.Value is not { } value)
            return new(n, shift, height, VolumeStatus.Failed, $"It is not known whether the basin has a finite volume. {trace.Reason}");
        SampledNumber determinant = value.Plus(Certain(n * Math.Log(unit)));
        return double.IsFinite(determinant.Bracket.Width)
            ? new(n, shift, height, VolumeStatus.Defined, reason: null) { LogDeterminant = determinant }
            : new(n, shift, height, VolumeStatus.Failed, WhyWide(shift));
    }

    private static Interval Certain(double number) => new(number, number);

    private static string? WhyUnbounded(EstimatedModel model, double shift)
    {
        if (model.Curvature.Zeros > 0 && shift <= 0)
            return $"The basin has no finite volume: {EllipsoidVolume.NameOf(shift)} must be positive definite but has "
                + FormattableString.Invariant($"{model.Curvature.Zeros} ")
                + "directions along which the loss is flat, as follows from the network; raise the prior or the weight decay, or use a Gaussian measure.";
        return model.Smallest + model.Curvature.Rounding <= -shift
            ? $"The basin has no finite volume: {EllipsoidVolume.NameOf(shift)} must be positive definite, but H has an eigenvalue of at most "
                + FormattableString.Invariant($"{model.Smallest:g6}; raise the prior or the weight decay, or use a Gaussian measure.")
            : null;
    }

    private static string WhyEmpty(double height) => FormattableString.Invariant(
        $"The basin is empty: the loss may rise by {height:g6} where a positive number is needed; raise the threshold above the loss, or train further.");

    private static string WhyUncertain(Interval height) => FormattableString.Invariant(
        $"It is not known how large the basin is: the loss may rise by a number in {height}; take more steps, or raise the threshold.");

    private static string WhyWide(double shift) => FormattableString.Invariant(
        $"Rounding of the products leaves log det(H + {shift} I) without bounds; compute in float64, or raise the prior or the weight decay.");
}
