using System.Globalization;
using BasinVolume.Kernels.Linear;
using MathNet.Numerics.Distributions;

namespace BasinVolume.Curvature.Estimates;

/// <summary>A number that is the mean of independent random probes, each of which is known up to a bracket.</summary>
/// <param name="Value">The estimate.</param>
/// <param name="Bracket">
/// What the mean over these very probes lies between with certainty: what more steps could change. Both ends are the value where probes are exact.
/// </param>
/// <param name="StandardError">The Monte-Carlo part: the standard error of the mean over probes.</param>
/// <param name="Interval">Where the number lies with a confidence of <see cref="Confidence"/>: the bracket, widened at both ends by Student's quantile.</param>
/// <param name="Probes">How many probes.</param>
public sealed record SampledNumber(double Value, Interval Bracket, double StandardError, Interval Interval, int Probes)
{
    /// <summary>The number with its interval, for a person.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Value:g6}, in {Interval} with 95 %");

    /// <summary>The confidence of every interval that random probes give.</summary>
    public const double Confidence = 0.95;

    private const double ManyDegrees = 1000;

    /// <summary>
    /// The mean of independent probes with brackets [l_i, u_i]: the mean of the numbers in them lies in [l̄, ū], and
    /// <code>[l̄ − t s_l, ū + t s_u]</code>
    /// with s the standard errors of the means and t Student's quantile of m − 1 degrees of freedom holds its expectation.
    /// </summary>
    /// <param name="probes">The bracket of each probe, at least 2.</param>
    public static SampledNumber Of(ReadOnlySpan<Interval> probes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(probes.Length, 2, nameof(probes));
        double[] low = new double[probes.Length], high = new double[probes.Length];
        for (int i = 0; i < probes.Length; i++)
            (low[i], high[i]) = (probes[i].Low, probes[i].High);
        var bracket = new Interval(Mean(low), Mean(high));
        (double below, double above) = (ErrorOfMean(low, bracket.Low), ErrorOfMean(high, bracket.High));
        double t = Quantile(probes.Length - 1);
        return new(bracket.Middle, bracket, Math.Max(below, above), new(bracket.Low - (t * below), bracket.High + (t * above)), probes.Length);
    }

    /// <summary>The number plus one that is known up to an interval.</summary>
    public SampledNumber Plus(Interval certain)
        => this with { Value = Value + certain.Middle, Bracket = Bracket + certain, Interval = Interval + certain };

    /// <summary>The number times a factor of any sign.</summary>
    public SampledNumber Times(double factor)
        => new(factor * Value, factor * Bracket, Math.Abs(factor) * StandardError, factor * Interval, Probes);

    /// <summary>Student's quantile for a two-sided interval of <see cref="Confidence"/>.</summary>
    /// <remarks>By halving, as the inversion in MathNet does not converge for every number.</remarks>
    /// <param name="degreesOfFreedom">At least 1, whole or not; infinite for the normal quantile.</param>
    public static double Quantile(double degreesOfFreedom)
    {
        double upper = (1 + Confidence) / 2, normal = Normal.InvCDF(0, 1, upper);
        // The first term of the expansion in 1/ν (Fisher and Cornish 1960) is right to 1e-6.
        if (degreesOfFreedom > ManyDegrees)
            return normal + (((normal * normal * normal) + normal) / 4 / degreesOfFreedom);
        (double low, double high) = (normal, 2 * normal);
        while (StudentT.CDF(0, 1, degreesOfFreedom, high) < upper)
            high *= 2;
        for (int i = 0; i < 40; i++)
        {
            double middle = (low + high) / 2;
            (low, high) = StudentT.CDF(0, 1, degreesOfFreedom, middle) < upper ? (middle, high) : (low, middle);
        }

        return high;
    }

    private static double Mean(double[] values) => CompensatedSum.Of(values) / values.Length;

    private static double ErrorOfMean(double[] values, double mean)
        => Math.Sqrt(CompensatedSum.Of(values, x => (x - mean) * (x - mean)) / (values.Length - 1) / values.Length);
}
