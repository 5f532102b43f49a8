using System.Collections.Immutable;
using BasinVolume.Kernels.Linear;

namespace BasinVolume.Curvature.Volumes;

/// <summary>
/// The notebook's number: log V = log V_n + (n/2) log(2T) − ½ log det(H + (λ + c)I), c = k/σ², with log V_n by Stirling's approximation.
/// The threshold is taken as the height itself, whatever the loss at the minimum is; <see cref="QuadraticVolume"/> takes the difference.
/// </summary>
public sealed record NotebookVolume : IVolumeDefinition
{
    private NotebookVolume(VolumeParameters parameters, EllipsoidVolume ellipsoid)
    {
        Parameters = parameters;
        Ellipsoid = ellipsoid;
    }

    /// <summary>T, λ, k and σ.</summary>
    public VolumeParameters Parameters { get; }

    /// <summary>The ellipsoid with τ = T and μ = λ + c: dimension, inertia, the additive parts, and the reason if there is no volume.</summary>
    public EllipsoidVolume Ellipsoid { get; }

    /// <summary>log V in nats, as the notebook has it, with Stirling's unit ball; null if there is no volume.</summary>
    public double? LogVolume => Ellipsoid.Terms?.LogVolumeStirling;

    /// <summary>log V in nats with the exact unit ball; null if there is no volume.</summary>
    public double? LogVolumeExact => Ellipsoid.Terms?.LogVolume;

    /// <summary>
    /// d log V / d log c = −½ Σ c/(h_i + λ + c): −n/2 when c decides everything, 0 when the curvature does. Null if there is no volume.
    /// </summary>
    public double? Sensitivity { get; private init; }

    /// <inheritdoc/>
    public string Name => "notebook";

    /// <inheritdoc/>
    public VolumeStatus Status => Ellipsoid.Status;

    /// <inheritdoc/>
    public string? Reason => Ellipsoid.Reason;

    /// <inheritdoc/>
    public double? LogValue => LogVolume;

    /// <inheritdoc/>
    public double? StandardError => null;

    /// <inheritdoc/>
    public VolumeUnit Unit => VolumeUnit.ParameterUnits;

    /// <inheritdoc/>
    public ImmutableArray<VolumeTerm> Split => Ellipsoid.Terms switch
    {
        null => [],
        { LogConstantsTerm: { } constants, LogCurvatureTerm: { } curvature } terms =>
            [new("unit_ball_stirling", terms.LogUnitBallStirling), new("constants", constants), new("curvature", curvature)],
        { } terms => [new("unit_ball_stirling", terms.LogUnitBallStirling), new("threshold", terms.LogThresholdTerm), new("curvature", -terms.LogDenominator)],
    };

    /// <inheritdoc/>
    public ImmutableArray<string> Assumptions =>
    [
        "the loss at the weights is 0, so that the threshold is its rise",
        "the gradient is zero",
        "a prior k|δ|²/(2σ²) around the weights is part of the loss",
        "Stirling's approximation of the unit ball",
        "volume in parameter units: not comparable between networks or scalings",
    ];

    /// <inheritdoc/>
    public ImmutableArray<VolumeParticular> Particulars =>
    [
        VolumeParticular.Number("log_volume_exact", LogVolumeExact),
        VolumeParticular.Number("sensitivity", Sensitivity),
    ];

    /// <inheritdoc/>
    public string Verdict => Ellipsoid.Terms is { LogCurvatureTerm: { } network }
        ? FormattableString.Invariant($"the network contributes {network:f4} nats, constants the rest; d log V/d log c = {Sensitivity:f3}")
        : string.Empty;

    /// <inheritdoc/>
    public uint Colour => 0x008080;

    /// <summary>Name and value, or why there is none, for a person.</summary>
    public override string ToString() => VolumeText.Of(this);

    /// <summary>The volume from the eigenvalues of the loss's Hessian, penalty not included.</summary>
    /// <param name="hessian">The eigenvalues of H, [n], n at least 1.</param>
    /// <param name="parameters">T, λ, k and σ.</param>
    /// <exception cref="ArgumentOutOfRangeException">The spectrum is of order 0.</exception>
    /// <exception cref="MatrixException">A shifted eigenvalue is not finite.</exception>
    public static NotebookVolume Of(Spectrum hessian, VolumeParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        EllipsoidVolume ellipsoid = EllipsoidVolume.Of(hessian, parameters.Shift, parameters.Threshold);
        double c = parameters.PriorCurvature;
        return new NotebookVolume(parameters, ellipsoid)
        {
            Sensitivity = ellipsoid.Terms is null ? null : -0.5 * CompensatedSum.Of(hessian.Eigenvalues.AsSpan(), h => c / (h + parameters.Shift)),
        };
    }

    /// <summary>The volume for several k, all else equal, in the order given.</summary>
    /// <param name="hessian">The eigenvalues of H, [n], n at least 1.</param>
    /// <param name="parameters">T, λ and σ; its k is left aside.</param>
    /// <param name="priorWeights">The k, each at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The spectrum is of order 0.</exception>
    /// <exception cref="VolumeParameterException">A k is negative or not finite.</exception>
    public static ImmutableArray<NotebookVolume> SweepPriorWeight(Spectrum hessian, VolumeParameters parameters, ReadOnlySpan<double> priorWeights)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var sweep = ImmutableArray.CreateBuilder<NotebookVolume>(priorWeights.Length);
        foreach (double k in priorWeights)
            sweep.Add(Of(hessian, parameters.WithPriorWeight(k)));
        return sweep.MoveToImmutable();
    }
}
