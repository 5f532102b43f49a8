using System.Collections.Immutable;
using BasinVolume.Curvature.Densities;
using BasinVolume.Curvature.Estimates;

namespace BasinVolume.Curvature.Volumes.Estimated;

/// <summary>
/// <see cref="NotebookVolume"/> of a Hessian that is known by its products: log V = log V_n + (n/2) log(2T) − ½ log det(H + (λ + c)I), c = k/σ², with log V_n
/// by Stirling's approximation. All but the log-determinant is exact, and its interval is the volume's, halved and turned.
/// </summary>
public sealed record EstimatedNotebookVolume : IVolumeDefinition
{
    private EstimatedNotebookVolume(VolumeParameters parameters, EstimatedEllipsoid ellipsoid) => (Parameters, Ellipsoid) = (parameters, ellipsoid);

    /// <summary>T, λ, k and σ.</summary>
    public VolumeParameters Parameters { get; }

    /// <summary>The ellipsoid with τ = T and μ = λ + c.</summary>
    public EstimatedEllipsoid Ellipsoid { get; }

    /// <summary>log V in nats, with Stirling's unit ball; null if there is no volume.</summary>
    public SampledNumber? LogVolume => Ellipsoid.LogVolume(UnitBall.LogVolumeStirling(Ellipsoid.Dimension));

    /// <summary>log V in nats with the exact unit ball; null if there is no volume.</summary>
    public SampledNumber? LogVolumeExact => Ellipsoid.LogVolume(UnitBall.LogVolume(Ellipsoid.Dimension));

    /// <summary>
    /// d log V / d log c = −½ Σ c/(h_i + μ) = −(c/2μ)(n − Σ h_i/(h_i + μ)) with μ = λ + c, by the effective dimension. Null if there is no volume.
    /// </summary>
    public SampledNumber? Sensitivity { get; private init; }

    /// <inheritdoc/>
    public string Name => "notebook";

    /// <inheritdoc/>
    public VolumeStatus Status => Ellipsoid.Status;

    /// <inheritdoc/>
    public string? Reason => Ellipsoid.Reason;

    /// <inheritdoc/>
    public double? LogValue => LogVolume?.Value;

    /// <inheritdoc/>
    public double? StandardError => LogVolume?.StandardError;

    /// <inheritdoc/>
    public LogInterval? Interval => EstimatedValues.IntervalOf(LogVolume);

    /// <inheritdoc/>
    public VolumeUnit Unit => VolumeUnit.ParameterUnits;

    /// <inheritdoc/>
    public ImmutableArray<VolumeTerm> Split => Ellipsoid switch
    {
        { LogDeterminant: null } => [],
        { CurvatureTerm: { } curvature } =>
        [
            new("unit_ball_stirling", UnitBall.LogVolumeStirling(Ellipsoid.Dimension)),
            new("constants", Ellipsoid.Dimension / 2.0 * Math.Log(2 * Parameters.Threshold / Ellipsoid.Shift)),
            new("curvature", curvature.Value),
        ],
        { LogDeterminant: { } determinant } =>
        [
            new("unit_ball_stirling", UnitBall.LogVolumeStirling(Ellipsoid.Dimension)),
            new("threshold", Ellipsoid.ThresholdTerm.Middle),
            new("curvature", -determinant.Value / 2),
        ],
    };

    /// <inheritdoc/>
    public ImmutableArray<string> Assumptions =>
    [
        "the loss at the weights is 0, so that the threshold is its rise",
        "the gradient is zero",
        "a prior k|δ|²/(2σ²) around the weights is part of the loss",
        "Stirling's approximation of the unit ball",
        "volume in parameter units: not comparable between networks or scalings",
        .. EstimatedValues.Assumptions(LogVolume),
    ];

    /// <inheritdoc/>
    public bool IsSampled => true;

    /// <inheritdoc/>
    public ImmutableArray<VolumeParticular> Particulars =>
    [
        VolumeParticular.Number("log_volume_exact", LogVolumeExact?.Value),
        VolumeParticular.Number("sensitivity", Sensitivity?.Value),
        .. EstimatedValues.Particulars(LogVolume),
    ];

    /// <inheritdoc/>
    public string Verdict => Ellipsoid.CurvatureTerm is { } network
        ? FormattableString.Invariant($"the network contributes {network.Interval} nats, constants the rest; d log V/d log c = {Sensitivity?.Value:f3}")
        : string.Empty;

    /// <inheritdoc/>
    public uint Colour => 0x008080;

    /// <summary>Name and value, or why there is none, for a person.</summary>
    public override string ToString() => VolumeText.Of(this);

    /// <summary>The volume of a model; its gradient and its own weight decay are left aside.</summary>
    /// <param name="model">What probes tell of the bare Hessian.</param>
    /// <param name="parameters">T, λ, k and σ.</param>
    /// <param name="cancellation">Checked now and then.</param>
    public static EstimatedNotebookVolume Of(EstimatedModel model, VolumeParameters parameters, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(parameters);
        double shift = parameters.Shift;
        var ellipsoid = EstimatedEllipsoid.Of(model, shift, new(parameters.Threshold, parameters.Threshold), cancellation);
        var volume = new EstimatedNotebookVolume(parameters, ellipsoid);
        if (ellipsoid.LogDeterminant is null || shift == 0)
            return volume;
        SampledNumber? decided = EffectiveDimensionEstimate.Of(model.Curvature, shift, model.Trace, cancellation).Value;
        return volume with { Sensitivity = decided?.Plus(new(-model.Dimension, -model.Dimension)).Times(parameters.PriorCurvature / shift / 2) };
    }
}
