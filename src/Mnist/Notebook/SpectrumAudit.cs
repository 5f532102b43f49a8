using System.Globalization;
using BasinVolume.Curvature;
using BasinVolume.Mnist.Jobs;
using BasinVolume.Mnist.Options;
using BasinVolume.Report.Records;

namespace BasinVolume.Mnist.Notebook;

/// <summary>The lines about the Hessian and its eigenvalues.</summary>
internal static class SpectrumAudit
{
    public static AuditRecord Signs(int line, CurvatureResult curvature)
    {
        Inertia inertia = curvature.Spectrum.Inertia;
        return new(
            line,
            "looks for negative singular values",
            "none",
            "none, as always",
            F($"{inertia.Negative} negative eigenvalues, {inertia.Zero} zero (up to {curvature.Spectrum.ZeroTolerance:g2}), ") +
            F($"{inertia.Positive} positive; the smallest is {curvature.Spectrum.Minimum:g4}"),
            null);
    }

    public static AuditRecord Determinant(int line, CurvatureResult curvature)
    {
        LogDeterminant determinant = LogDeterminant.Of(curvature.Spectrum);
        return new(
            line,
            "det(H)",
            "not on record",
            determinant.Sign == 0 ? "0" : F($"sign {determinant.Sign}, log|det| {determinant.LogAbsolute:f4}"),
            F($"0 by the structure of the network; over the {determinant.Rank} eigenvalues that are not zero log|det| = {determinant.PseudoLogAbsolute:f4}"),
            null);
    }

    public static AuditRecord UncheckedLogDeterminant(int line, CurvatureResult curvature)
    {
        Inertia shifted = curvature.Notebook.Ellipsoid.Inertia;
        bool definite = shifted.IsPositiveDefinite;
        return new(
            line,
            "logdet without a look at its sign",
            "1190.5987548828125",
            curvature.Notebook.Ellipsoid.Terms is { } terms ? F($"{terms.LogDenominator:f4}") : "NaN, or nonsense",
            definite
                ? "H + (λ + c) I is positive definite here"
                : F($"refused: H + (λ + c) I has {shifted.Zero} zero and {shifted.Negative} negative eigenvalues"),
            definite ? 0 : null);
    }

    public static AuditRecord Precision(int line, CurvatureResult curvature, JobOptions options) => new(
        line,
        "float32, not symmetrised",
        "not on record",
        F($"{ChoiceNames.Of(options.Precision)}, raw asymmetry {curvature.Hessian.Asymmetry:g2} of the largest element"),
        "symmetric by construction; float64 is the default",
        null);

    private static string F(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
