using System.Collections.Immutable;
using BasinVolume.Curvature.Estimates;
using BasinVolume.Curvature.Lanczos;
using MathNet.Numerics.Distributions;

namespace BasinVolume.Curvature.Densities;

/// <summary>The mean of what the probes give for a function, and its interval; with the trace as control variate if it is known.</summary>
/// <remarks>
/// Each probe knows a_i = z_iᵀAz_i exactly, and its expectation t is tr A less the deflated Rayleigh quotients. So y_i − b(a_i − t) has the expectation of y_i
/// for any b that does not depend on the probe; least variance has the slope of the straight line that is nearest to f on the spectrum, as the variance over
/// the sphere is that of f about its mean over all eigenvalues (times 2m/(m + 2)). Probe i gets the slope that the nodes of the other probes give: with a
/// slope of its own the mean would be off by a term of the order 1/p.
/// </remarks>
internal sealed class ProbeMean(ProbeQuadratures quadratures, SpectralFunction function, ImmutableArray<Interval> brackets)
{
    /// <summary>Of a 95 % interval: what a standard error is multiplied with.</summary>
    private static readonly double NormalQuantile = Normal.InvCDF(0, 1, (1 + SampledNumber.Confidence) / 2);

    /// <summary>The mean.</summary>
    /// <param name="trace">Where tr A lies, at 95 % confidence; null if it is not known.</param>
    public SampledNumber Of(Interval? trace)
    {
        if (trace is not { } known)
            return SampledNumber.Of(brackets.AsSpan());
        double[] slopes = Slopes();
        double rest = known.Middle - quadratures.Deflated.Sum(pair => pair.Value);
        var sampled = SampledNumber.Of(
            [.. brackets.Select((bracket, i) => bracket + (-slopes[i] * ((quadratures.Dimension * Mean(quadratures.Probes[i])) - rest)))]);
        return Widened(sampled, slopes.Average() * known.Width / 2);
    }

    // The trace comes from other probes: independent errors add up by their squares.
    private static SampledNumber Widened(SampledNumber sampled, double by)
    {
        double down = sampled.Bracket.Low - sampled.Interval.Low, up = sampled.Interval.High - sampled.Bracket.High;
        return sampled with
        {
            StandardError = Math.Sqrt((sampled.StandardError * sampled.StandardError) + Math.Pow(by / NormalQuantile, 2)),
            Interval = new(sampled.Bracket.Low - Math.Sqrt((down * down) + (by * by)), sampled.Bracket.High + Math.Sqrt((up * up) + (by * by))),
        };
    }

    private static double Mean(SpectralQuadrature probe) => probe.Mean(theta => theta);

    // The slope of f over λ for each probe, from the others.
    private double[] Slopes()
    {
        Moments[] each = [.. quadratures.Probes.Select(probe => Moments.Of(probe, function))];
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
