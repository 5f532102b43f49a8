using System.Globalization;
using BasinVolume.Curvature;
using BasinVolume.Curvature.Structure;
using BasinVolume.Curvature.Volumes;
using BasinVolume.Data.Normalizing;
using BasinVolume.Data.Subsets;
using BasinVolume.Mnist.Jobs;
using BasinVolume.Mnist.Jobs.MatrixFreeJob;
using BasinVolume.Mnist.Options;

namespace BasinVolume.Mnist.Terminal;

/// <summary>One line of a report: a number and what it means.</summary>
/// <param name="Name">What the number is called.</param>
/// <param name="Value">The number.</param>
/// <param name="Meaning">What it means, or what to know of it.</param>
internal sealed record ReportRow(string Name, string Value, string Meaning);

/// <summary>The lines that every job says of a model's curvature.</summary>
internal static class CurvatureRows
{
    /// <summary>What is not there.</summary>
    public const string None = "none";

    /// <summary>How elements became inputs.</summary>
    public static ReportRow Inputs(InputChoice inputs)
        => new("inputs", inputs.Used.FormulaOf(inputs.Subject.Symbol), inputs.Advice ?? $"of {inputs.Subject.Name}, {inputs.Whose}");

    /// <summary>The lines in order.</summary>
    public static IEnumerable<ReportRow> Of(CurvatureResult curvature, JobOptions options)
        => [Loss(curvature, options), Corner(curvature), .. SpectrumRows(curvature.Solved), .. VolumeRows(curvature)];

    /// <summary>The line about the loss where there is no dense matrix; what products tell stands in tables of their own.</summary>
    public static IEnumerable<ReportRow> Of(MatrixFreeResult curvature) =>
        [new("average train loss", F($"{curvature.Loss:g7}"), F($"gradient norm {curvature.GradientNorm:g4}, which is 0 at a stationary point"))];

    private static ReportRow Loss(CurvatureResult curvature, JobOptions options)
    {
        string weighting = options.Weighting == Weighting.BatchMean ? "mean of batch means" : "mean over samples";
        string penalty = options.Penalty == Penalty.Included ? F($"with the penalty of λ = {options.WeightDecay}") : "without the penalty";
        return new("average train loss", F($"{curvature.Hessian.Loss:g7}"), F(
            $"{weighting}, {penalty}; gradient norm {curvature.Hessian.GradientNorm:g4}, which is 0 at a stationary point"));
    }

    private static ReportRow Corner(CurvatureResult curvature)
    {
        int corner = Math.Min(4, curvature.Hessian.Matrix.Rows);
        IEnumerable<string> rows = Enumerable.Range(0, corner).Select(
            i => string.Join(" ", Enumerable.Range(0, corner).Select(j => F($"{curvature.Hessian.Matrix[i, j],9:f5}"))));
        return new(F($"H[:{corner},:{corner}]"), string.Join('\n', rows), F(
            $"the first parameters against each other; trace {curvature.Hessian.Trace:g6}, raw asymmetry {curvature.Hessian.Asymmetry:g2}"));
    }

    /// <summary>The lines that are said of any spectrum.</summary>
    public static IEnumerable<ReportRow> SpectrumRows(SolvedSpectrum solved)
    {
        Spectrum spectrum = solved.Spectrum;
        LogDeterminant determinant = LogDeterminant.Of(spectrum);
        Inertia inertia = spectrum.Inertia;
        string det = determinant.Sign == 0 ? "0" : F($"{(determinant.Sign < 0 ? "−" : "+")}exp({determinant.LogAbsolute:f4})");
        yield return new(
            "det H", det, "the product of all eigenvalues; 0 for every network that ends in linear and softmax: a shift of all logits changes nothing");
        yield return new("log|det H|", F($"{determinant.LogAbsolute:f4}"), F(
            $"over the {determinant.Rank} eigenvalues that are not zero: {determinant.PseudoLogAbsolute:f4}"));
        yield return new(
            "eigenvalues",
            F($"{spectrum.Minimum:g6} … {spectrum.Maximum:g6}"),
            "with their signs; the notebook looked at singular values, which are never negative");
        yield return new("inertia", F($"{inertia.Positive} positive, {inertia.Zero} zero, {inertia.Negative} negative"), F(
            $"zero: up to {spectrum.ZeroTolerance:g2} in magnitude"));
        yield return new("zeros", F($"{solved.StructuralCount} structural, {solved.NumericalZeros} numerical"), ZerosOf(solved));
    }

    private static string ZerosOf(SolvedSpectrum solved) => solved.StructuralZeros.IsEmpty
        ? "none is known beforehand"
        : $"known beforehand and taken out exactly: {string.Join(", ", solved.StructuralZeros.Select(group => F($"{group.Count} {group.Name}")))}";

    private static IEnumerable<ReportRow> VolumeRows(CurvatureResult curvature)
    {
        EllipsoidTerms? terms = curvature.Notebook.Ellipsoid.Terms;
        VolumeParameters volume = curvature.Notebook.Parameters;
        yield return new(
            "log V_n", terms is null ? None : F($"{terms.LogUnitBallStirling:f4} Stirling\n{terms.LogUnitBall:f4} exact"), "the unit ball in n dimensions");
        yield return new("threshold term", terms is null ? None : F($"{terms.LogThresholdTerm:f4}"), F($"(n/2) log(2T), T = {volume.Threshold}: a constant"));
        yield return new("denominator", terms is null ? None : F($"{terms.LogDenominator:f4}"), F(
            $"½ log det(H + (λ + c) I), λ = {volume.WeightDecay}, c = k/σ² = {volume.PriorCurvature}"));
        yield return new("log volume", ValueOrReason(curvature.Notebook.LogVolume, curvature.Notebook.Ellipsoid.Reason),
            terms?.LogCurvatureTerm is { } network ? F($"nats; the network contributes {network:f4}, constants the rest") : "nats");
        yield return new("log volume, excess", ValueOrReason(curvature.Excess.LogVolume, curvature.Excess.Ellipsoid.Reason), F(
            $"what counts is how far T lies above the loss: T − L = {curvature.Excess.Excess:f4}"));
    }

    private static string ValueOrReason(double? value, string? reason) => value is { } number ? F($"{number:f4}") : reason ?? None;

    private static string F(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
