using System.Globalization;
using BasinVolume.Curvature.Volumes;
using BasinVolume.Curvature.Volumes.Gaussian;
using BasinVolume.Kernels;
using BasinVolume.Mnist.Jobs;
using BasinVolume.Report.Records;

namespace BasinVolume.Mnist.Notebook;

/// <summary>The lines that decide the volume.</summary>
/// <param name="model">The model whose volume the notebook computed.</param>
/// <param name="decrement">The Newton decrement of its loss with the notebook's prior; null if there is none.</param>
internal sealed class VolumeAudit(ModelResult model, double? decrement)
{
    private const string NoVolume = "no volume";

    private readonly CurvatureResult _curvature = model.Curvature;

    public AuditRecord Threshold(int line)
    {
        NotebookVolume notebook = _curvature.Notebook;
        return new(
            line,
            F($"T = {notebook.Parameters.Threshold} counts from a loss of 0"),
            "-3948.0591 at loss 0.9927",
            Volume(notebook.LogVolume),
            F($"T − L = {_curvature.Excess.Excess:f4}: {Volume(_curvature.Excess.LogVolumeStirling)}{Empty(_curvature.Excess)}"),
            _curvature.Excess.LogVolumeStirling - notebook.LogVolume);
    }

    /// <summary>The same for the model whose Hessian the notebook did not compute.</summary>
    public static AuditRecord ThresholdOfTheOther(int line, ModelResult other)
    {
        QuadraticVolume excess = other.Curvature.Excess;
        return new(
            line,
            F($"the same for {other.Model.Name}"),
            "loss 2.99",
            Volume(other.Curvature.Notebook.LogVolume),
            F($"T − L = {excess.Excess:f4}: {Volume(excess.LogVolumeStirling)}{Empty(excess)}"),
            excess.LogVolumeStirling - other.Curvature.Notebook.LogVolume);
    }

    public AuditRecord Gradient(int line)
    {
        double fall = decrement * decrement / 2 ?? double.NaN;
        return new(
            line,
            "never looks at the gradient",
            "nothing",
            F($"|g| = {_curvature.Hessian.GradientNorm:g4}"),
            decrement is null
                ? "the shifted Hessian is not positive definite"
                : F($"Newton decrement {decrement:g4}; centred at the model's minimum, T − L grows by {fall:g4}"),
            AtHeight(_curvature.Excess.Excess + fall) - _curvature.Excess.LogVolume);
    }

    public AuditRecord Constants(int line)
    {
        NotebookVolume notebook = _curvature.Notebook;
        string network = notebook.Ellipsoid.Terms?.LogCurvatureTerm is { } curvature
            ? F($"the network contributes {curvature:f4} nats; ") +
                F($"d log V/d log c = {notebook.Sensitivity:f2} of at most n/2 = {notebook.Ellipsoid.Dimension / 2.0}")
            : "no split without a prior";
        return new(line, F($"c = k/σ² = {notebook.Parameters.PriorCurvature} dwarfs the curvature"), "-3948.0591", Volume(notebook.LogVolume), network, null);
    }

    /// <summary>The one line that takes an integral.</summary>
    public static AuditRecord Units(int line, CurvatureResult curvature)
    {
        NotebookVolume notebook = curvature.Notebook;
        var prior = new GaussianPrior(PriorCentre.Weights, notebook.Parameters.PriorDeviation);
        var measure = GaussianMeasure.Of(
            QuadraticModel.AtMinimum(curvature.Hessian.Loss, curvature.Spectrum), BasinThreshold.Absolute(notebook.Parameters.Threshold), prior);
        string right = measure.LogProbability is { } nats
            ? F($"log probability {nats:f4} under N(θ*, {prior.Deviation}² I), gradient taken as zero; 'volume' has it with gradient and under N(0, σ² I)")
            : measure.Reason!;
        return new(line, "Lebesgue volume of unlike units", "-3948.0591", Volume(notebook.LogVolume), right, null);
    }

    public AuditRecord Stirling(int line)
    {
        EllipsoidTerms? terms = _curvature.Notebook.Ellipsoid.Terms;
        return new(
            line,
            "Stirling's approximation of the unit ball",
            "within -3948.0591",
            terms is null ? NoVolume : F($"log V_n = {terms.LogUnitBallStirling:f6}"),
            terms is null ? NoVolume : F($"log V_n = {terms.LogUnitBall:f6}: harmless"),
            terms?.LogUnitBall - terms?.LogUnitBallStirling);
    }

    public AuditRecord Penalty(int line)
    {
        double loss = _curvature.Hessian.Loss;
        if (_curvature.Hessian.WeightDecay > 0)
            return new(
                line, "the average train loss leaves the penalty out", "0.9927", F($"{loss:g7}, the penalty in it"), "in it in this run, as asked for", 0);
        double penalty = new L2Penalty(_curvature.Notebook.Parameters.WeightDecay).At(model.Parameters.AsSpan());
        return new(
            line,
            "the average train loss leaves the penalty out",
            "0.9927",
            F($"{loss:g7}"),
            F($"adding λI once is right, and then the loss is {loss + penalty:f6}"),
            AtHeight(_curvature.Excess.Excess - penalty) - _curvature.Excess.LogVolume);
    }

    private double? AtHeight(double height) => EllipsoidVolume.Of(_curvature.Spectrum, _curvature.Excess.Ellipsoid.Shift, height).Terms?.LogVolume;

    private static string Volume(double? logVolume) => logVolume is { } number ? F($"{number:f4}") : NoVolume;

    private static string Empty(QuadraticVolume volume) => volume.Empty ? ", the basin is empty" : string.Empty;

    private static string F(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
