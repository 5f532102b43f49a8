using System.Collections.Immutable;
using BasinVolume.Curvature.Estimates;
using BasinVolume.Curvature.Lanczos;
using BasinVolume.Kernels.Linear;
using MathNet.Numerics.Distributions;

namespace BasinVolume.Curvature.Densities;

/// <summary>The mean of what the probes give for a function, and its interval; with the trace as control variate if it is known.</summary>
/// <remarks>
/// Each probe knows a_i = z_iᵀAz_i exactly, and its expectation t is tr A less the deflated Rayleigh quotients. So y_i − b(a_i − t) has the expectation of y_i
/// for any b that does not depend on the probe; least variance has the slope of the straight line that is nearest to f on the spectrum, as the variance over
/// the sphere is that of f about its mean over all eigenvalues (times 2m/(m + 2)). Probe i gets the slope that the nodes of the other probes give: with a
/// slope of its own the mean would be off by a term of the order 1/p.
/// </remarks>
internal sealed class ProbeMean
{
    /// <summary>
    /// A node of less mass than this share of one eigenvalue counts for nothing in sums of powers. If it is an eigenvalue, that is a hundredth of what it
    /// gives; if it is what a deflated vector that is only nearly an eigenvector has left to the probes, an outlier of the mass 10⁻⁶, its power is not that of
    /// an eigenvalue: as the compression of A to the complement has it, g v vᵀ with |v|² = 10⁻⁶ gives (10⁻⁶ g)³ and not 10⁻⁶ g³.
    /// </summary>
    private const double LeastMass = 0.01;

    private static readonly double NormalQuantile = Normal.InvCDF(0, 1, (1 + SampledNumber.Confidence) / 2);

    private readonly ProbeQuadratures _quadratures;
    private readonly SpectralFunction _function;
    private readonly ImmutableArray<ProbeBracket> _brackets;

    /// <summary>Of some probes.</summary>
    /// <param name="quadratures">The probes.</param>
    /// <param name="function">f.</param>
    /// <param name="brackets">What each gives, of a measure of mass 1.</param>
    public ProbeMean(ProbeQuadratures quadratures, SpectralFunction function, ImmutableArray<ProbeBracket> brackets)
        => (_quadratures, _function, _brackets) = (quadratures, function, brackets);

    /// <summary>The mean.</summary>
    /// <param name="trace">Where tr A lies, at 95 % confidence; null if it is not known.</param>
    public SampledNumber Of(Interval? trace)
    {
        if (trace is not { } known || _quadratures.Probes.Length < 2 || _quadratures.IsComplete)
            return Sampled([.. _brackets.Select(bracket => bracket.Bracket)], new double[_brackets.Length]);
        double[] slopes = Slopes();
        double rest = (known.Middle - _quadratures.Deflated.Sum(pair => pair.Value)) / _quadratures.Dimension;
        return Widened(
            Sampled([.. _brackets.Select((bracket, i) => bracket.Bracket + (-slopes[i] * (Mean(_quadratures.Probes[i]) - rest)))], slopes),
            slopes.Average() * known.Width / 2);
    }

    private SampledNumber Sampled(Interval[] brackets, double[] slopes)
    {
        double mass = _quadratures.Dimension;
        var mean = new Interval(mass * brackets.Average(bracket => bracket.Low), mass * brackets.Average(bracket => bracket.High));
        if (_quadratures.IsComplete)
            return new(mean.Middle, mean, 0, mean, brackets.Length);
        var distribution = new SphereInterval(Sums(slopes), brackets.Length);
        return new(mean.Middle, mean, distribution.StandardError, distribution.Around(mean), brackets.Length);
    }

    // The trace comes from other probes: independent errors add up by their squares.
    private static SampledNumber Widened(SampledNumber sampled, double by)
    {
        double down = sampled.Bracket.Low - sampled.Interval.Low, up = sampled.Interval.High - sampled.Bracket.High, standard = by / NormalQuantile;
        return sampled with
        {
            StandardError = Math.Sqrt((sampled.StandardError * sampled.StandardError) + (standard * standard)),
            Interval = new(sampled.Bracket.Low - Math.Sqrt((down * down) + (by * by)), sampled.Bracket.High + Math.Sqrt((up * up) + (by * by))),
        };
    }

    // Of f less the straight line, from the rule that says the most: where few steps leave the rules apart, Gauss's sees less of the spread than there is.
    private PowerSums Sums(double[] slopes)
        => Enumerable.Range(0, _brackets.Max(bracket => bracket.Rules.Length)).Select(rule => Sums(slopes, rule)).MaxBy(sums => sums.Length);

    // At the nodes of a probe the line is that of the other probes, as in what the probe gives: a line through its own nodes would leave too little.
    private PowerSums Sums(double[] slopes, int rule)
    {
        SpectralQuadrature[] rules = [.. _brackets.Select(bracket => bracket.Rules[Math.Min(rule, bracket.Rules.Length - 1)])];
        double[][] values = [.. rules.Select((each, i) => each.Nodes.Select(theta => _function.Value(theta) - (slopes[i] * theta)).ToArray())];
        double mean = AverageOf((i, k) => rules[i].Weights[k] * values[i][k]);
        double largest = values.Max(some => some.Max(value => Math.Abs(value - mean)));
        // Relative to the largest, so that no power overflows or is lost.
        double second = largest == 0 ? 0 : Power(2);
        if (second == 0)
            return new(_quadratures.Dimension, 0, 0, 0);
        // Of any numbers the third lies in [−1, 1] and the fourth in [0, 1]; as the probes see one, with the mass χ²/p, it may be larger by so much.
        double least = ChiSquared.InvCDF(rules.Length, (1 - SampledNumber.Confidence) / 2) / rules.Length, most = 1 / Math.Sqrt(least);
        double third = Math.Clamp(Power(3) / Math.Pow(second, 1.5), -most, most), fourth = Math.Min(Power(4) / (second * second), 1 / least);
        return new(_quadratures.Dimension, largest * Math.Sqrt(second), third, fourth);

        double Power(int exponent) => AverageOf((i, k) => Term(_quadratures.Dimension * rules[i].Weights[k], values[i][k], exponent));

        double Term(double mass, double value, int exponent) => mass < LeastMass ? 0 : mass * Math.Pow((value - mean) / largest, exponent);

        double AverageOf(Func<int, int, double> term)
            => rules.Select((each, i) => CompensatedSum.Of(each.Nodes.Length, k => term(i, k))).Average();
    }

    private static double Mean(SpectralQuadrature probe) => probe.Mean(theta => theta);

    // The slope of f over λ for each probe, from the others.
    private double[] Slopes()
    {
        Moments[] each = [.. _quadratures.Probes.Select(probe => Moments.Of(probe, _function))];
        Moments all = each.Aggregate((sum, one) => sum + one);
        return [.. each.Select(one => (all - one).Slope)];
    }

    private readonly record struct Moments(double Mass, double X, double F, double XX, double XF)
    {
        public static Moments Of(SpectralQuadrature probe, SpectralFunction function) => new(
            1, Mean(probe), probe.Mean(function.Value), probe.Mean(x => x * x), probe.Mean(x => x * function.Value(x)));

        public double Slope
        {
            get
            {
                double variance = (XX * Mass) - (X * X);
                // One value alone has no slope.
                return variance > Spectrum.DoubleRoundoff * XX * Mass ? ((XF * Mass) - (X * F)) / variance : 0;
            }
        }

        public static Moments operator +(Moments a, Moments b) => new(a.Mass + b.Mass, a.X + b.X, a.F + b.F, a.XX + b.XX, a.XF + b.XF);

        public static Moments operator -(Moments a, Moments b) => new(a.Mass - b.Mass, a.X - b.X, a.F - b.F, a.XX - b.XX, a.XF - b.XF);
    }
}
