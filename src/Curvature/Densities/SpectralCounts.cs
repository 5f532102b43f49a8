using BasinVolume.Curvature.Estimates;
using BasinVolume.Curvature.Lanczos;

namespace BasinVolume.Curvature.Densities;

/// <summary>How many eigenvalues lie at or below a number, or between two, from probes that are taken.</summary>
internal sealed class SpectralCounts(ProbeQuadratures quadratures, CancellationToken cancellation)
{
    /// <summary>What lies at or below a number.</summary>
    public SpectralCount UpTo(double x)
    {
        double zeros = x >= 0 ? quadratures.Zeros : 0;
        var deflated = new Interval(0, 0);
        foreach (SpectralQuadrature pair in quadratures.Pairs)
            deflated += Share(pair, x);
        return With(deflated + zeros, [.. quadratures.Probes.Select(probe => Share(probe, x))]);
    }

    /// <summary>What lies between two numbers: above the first, and at or below the second.</summary>
    public SpectralCount Between(double from, double to)
    {
        double zeros = from < 0 && to >= 0 ? quadratures.Zeros : 0;
        var deflated = new Interval(0, 0);
        foreach (SpectralQuadrature pair in quadratures.Pairs)
            deflated += Difference(pair);
        return With(deflated + zeros, [.. quadratures.Probes.Select(Difference)]);

        Interval Difference(SpectralQuadrature measure)
        {
            Interval below = Share(measure, from), upTo = Share(measure, to);
            return new(Math.Max(0, upTo.Low - below.High), Math.Max(0, upTo.High - below.Low));
        }
    }

    // No eigenvalue lies beyond the ends.
    private Interval Share(SpectralQuadrature measure, double x)
        => x < quadratures.Lower.Value ? new(0, 0)
        : x >= quadratures.Upper.Value ? new(1, 1)
        : measure.Below(x, quadratures.Rounding, quadratures.Threads, cancellation);

    private SpectralCount With(Interval certain, Interval[] shares)
    {
        if (shares.Length == 0)
            return new(Rounded(certain), Rounded(certain));
        var mean = new Interval(shares.Average(share => share.Low), shares.Average(share => share.High));
        if (quadratures.IsComplete)
            return new(certain + (quadratures.Dimension * mean), certain + (quadratures.Dimension * mean));
        Interval sampled = CountInterval.Of(mean, quadratures.Dimension, shares.Length);
        return new(Rounded(certain + (quadratures.Dimension * mean)), Rounded(certain + sampled));
    }

    // Shares that add up to a whole number come out a few roundings beside it, and it is the whole number that counts.
    private Interval Rounded(Interval count) => new(Rounded(count.Low), Rounded(count.High));

    private double Rounded(double count)
    {
        double whole = Math.Round(count);
        return Math.Abs(count - whole) <= 4 * quadratures.Order * Spectrum.DoubleRoundoff * whole ? whole : count;
    }
}

/// <summary>A number of eigenvalues.</summary>
/// <param name="Bracket">What these very probes say, taken as if they stood for all: more steps could move it in here alone.</param>
/// <param name="Interval">Where it lies with a confidence of <see cref="SampledNumber.Confidence"/>.</param>
public readonly record struct SpectralCount(Interval Bracket, Interval Interval);
