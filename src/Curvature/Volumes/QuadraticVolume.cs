using System.Collections.Immutable;
using System.Globalization;
using BasinVolume.Kernels.Linear;

namespace BasinVolume.Curvature.Volumes;

/// <summary>
/// The volume of {L ≤ T} in the quadratic model: with A = H + μI positive definite,
///     {δ : gᵀδ + ½ δᵀAδ ≤ ΔT},   ΔT = T − L(θ*).
/// Completing the square, gᵀδ + ½ δᵀAδ = ½ (δ − d)ᵀA(δ − d) − ½ gᵀA⁻¹g with d = −A⁻¹g: an ellipsoid around d with
///     ΔT_eff = ΔT + ½ gᵀA⁻¹g,   log V = log V_n + (n/2) log(2ΔT_eff) − ½ log det A.
/// The Newton decrement √(gᵀA⁻¹g) tells how far the weights are from the minimum of their own model: half its square is how much the loss would still fall.
/// The volume is in the product of the parameters' units.
/// </summary>
public sealed record QuadraticVolume : IVolumeDefinition
{
    private QuadraticVolume(QuadraticModel model, BasinThreshold threshold, double correction, EllipsoidVolume ellipsoid)
    {
        Threshold = threshold;
        Loss = model.Loss;
        GradientNorm = model.GradientNorm;
        Excess = threshold.Above(model.Loss) - model.Rise;
        Correction = correction;
        Ellipsoid = ellipsoid;
    }

    /// <summary>T or ΔT, as it was asked for.</summary>
    public BasinThreshold Threshold { get; }

    /// <summary>L(θ*), with the penalty if the model has it.</summary>
    public double Loss { get; }

    /// <summary>ΔT, how far the loss may rise above that of the model at δ = 0.</summary>
    public double Excess { get; }

    /// <summary>|g| of the model.</summary>
    public double GradientNorm { get; }

    /// <summary>√(gᵀA⁻¹g), whose square is in units of the loss; null when A is not positive definite.</summary>
    public double? NewtonDecrement { get; private init; }

    /// <summary>½ gᵀA⁻¹g if the ellipsoid was moved to the minimum of the model, else 0. In units of the loss.</summary>
    public double Correction { get; }

    /// <summary>d in the eigenbasis: where the ellipsoid's centre lies as seen from the weights. Zeros if it was not moved.</summary>
    public ImmutableArray<double> Centre { get; private init; }

    /// <summary>Whether no point has a loss below the threshold.</summary>
    public bool Empty => Status == VolumeStatus.Empty;

    /// <summary>The ellipsoid with τ = ΔT_eff: dimension, inertia, the additive parts, and the reason if there is no volume.</summary>
    public EllipsoidVolume Ellipsoid { get; }

    /// <summary>log V in nats with the exact unit ball; null if there is no volume.</summary>
    public double? LogVolume => Ellipsoid.Terms?.LogVolume;

    /// <summary>log V in nats with Stirling's unit ball, to be compared with <see cref="NotebookVolume.LogVolume"/>; null if there is no volume.</summary>
    public double? LogVolumeStirling => Ellipsoid.Terms?.LogVolumeStirling;

    /// <inheritdoc/>
    public string Name => "quadratic";

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
    public ImmutableArray<VolumeTerm> Split => Ellipsoid.Terms is not { } terms
        ? []
        : [new("unit_ball", terms.LogUnitBall), new("threshold", terms.LogThresholdTerm), new("curvature", -terms.LogDenominator)];

    /// <inheritdoc/>
    public ImmutableArray<string> Assumptions =>
    [
        "the loss is quadratic throughout the basin",
        Correction == 0 && GradientNorm > 0
            ? string.Create(CultureInfo.InvariantCulture, $"the gradient is taken as zero although its norm is {GradientNorm:g4}")
            : "the basin is centred at the minimum of the quadratic model",
        "volume in parameter units: not comparable between networks or scalings",
    ];

    /// <inheritdoc/>
    public ImmutableArray<VolumeParticular> Particulars =>
    [
        VolumeParticular.Number("excess", Excess),
        VolumeParticular.Number("gradient_norm", GradientNorm),
        VolumeParticular.Number("newton_decrement", NewtonDecrement),
        VolumeParticular.Number("correction", Correction),
    ];

    /// <inheritdoc/>
    public string Verdict => NewtonDecrement is { } decrement
        ? FormattableString.Invariant($"Newton decrement {decrement:g4}: half its square is what the loss would still fall")
        : string.Empty;

    /// <inheritdoc/>
    public uint Colour => 0xD95F0E;

    /// <summary>Name and value, or why there is none, for a person.</summary>
    public override string ToString() => VolumeText.Of(this);

    /// <summary>The volume around the weights, as if they were the minimum: the gradient is reported, not used.</summary>
    /// <param name="model">Loss, gradient and Hessian at the weights.</param>
    /// <param name="threshold">How high the loss may be.</param>
    /// <param name="shift">μ, curvature that is added around the weights as the notebook's prior is; 0 for the model alone.</param>
    /// <exception cref="MatrixException">A shifted eigenvalue is not finite.</exception>
    public static QuadraticVolume AroundWeights(QuadraticModel model, BasinThreshold threshold, double shift)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(threshold);
        EllipsoidVolume ellipsoid = EllipsoidVolume.Of(model.Hessian, shift, threshold.Above(model.Loss) - model.Rise);
        return new QuadraticVolume(model, threshold, correction: 0, ellipsoid)
        {
            NewtonDecrement = Decrement(model, ellipsoid),
            Centre = [.. new double[model.Dimension]],
        };
    }

    /// <summary>The volume around the minimum of the quadratic model. It may exist although the loss at the weights is above the threshold.</summary>
    /// <param name="model">Loss, gradient and Hessian at the weights.</param>
    /// <param name="threshold">How high the loss may be.</param>
    /// <param name="shift">μ, curvature that is added around the weights; 0 for the model alone.</param>
    /// <exception cref="MatrixException">A shifted eigenvalue is not finite.</exception>
    /// <example>
    /// <code>
    /// QuadraticModel model = QuadraticModel.AtMinimum(loss: 0, new Spectrum([1, 4], Spectrum.DoubleRoundoff));
    /// Console.WriteLine(QuadraticVolume.AroundMinimum(model, BasinThreshold.Excess(0.5), shift: 0));   // log(π/2)
    /// </code>
    /// </example>
    public static QuadraticVolume AroundMinimum(QuadraticModel model, BasinThreshold threshold, double shift)
    {
        QuadraticVolume uncorrected = AroundWeights(model, threshold, shift);
        if (uncorrected.NewtonDecrement is not { } decrement)
            return uncorrected;
        double correction = decrement * decrement / 2;
        EllipsoidVolume ellipsoid = EllipsoidVolume.Of(model.Hessian, shift, uncorrected.Excess + correction);
        return new QuadraticVolume(model, threshold, correction, ellipsoid)
        {
            NewtonDecrement = decrement,
            Centre = [.. model.Gradient.Zip(model.Hessian.Eigenvalues, (g, h) => -g / (h + shift))],
        };
    }

    private static double? Decrement(QuadraticModel model, EllipsoidVolume ellipsoid) => ellipsoid.Inertia.IsPositiveDefinite
        ? Math.Sqrt(CompensatedSum.Of(model.Dimension, i => model.Gradient[i] * model.Gradient[i] / (model.Hessian.Eigenvalues[i] + ellipsoid.Shift)))
        : null;
}
