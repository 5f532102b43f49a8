using BasinVolume.Curvature.Sampling;
using BasinVolume.Curvature.Volumes;
using BasinVolume.Curvature.Volumes.Rays;

namespace BasinVolume.Curvature.Tests.Volumes.Rays;

/// <summary>
/// How often the interval of a mean over rays holds the truth: unshaped rays in quadratics, whose volume is known, by bins of the effective sample size.
/// docs/volume.md has the table of a longer run.
/// </summary>
public class RayCoverageTests
{
    private static readonly double[] Bins = [30, 50, 100, 200, double.PositiveInfinity];

    [Theory]
    [InlineData(100)]
    [InlineData(400)]
    public void Intervals_hold_in_every_bin_of_the_effective_sample_size(int rays)
    {
        const int Trials = 1500;
        int[] shown = new int[Bins.Length], held = new int[Bins.Length];
        int hidden = 0, bounded = 0;
        for (int trial = 0; trial < Trials; trial++)
        {
            (RayVolume volume, double exact) = Trial(trial, rays);
            if (volume.LowerBound is { } bound)
            {
                hidden++;
                bounded += bound <= exact ? 1 : 0;
                continue;
            }

            int bin = Array.FindLastIndex(Bins, from => volume.EffectiveSampleSize >= from);
            shown[bin]++;
            held[bin] += volume.Interval!.Value.Low <= exact && exact <= volume.Interval.Value.High ? 1 : 0;
        }

        Assert.InRange(hidden, 50, Trials);
        Assert.True(bounded >= 0.95 * hidden, $"{bounded} of {hidden} lower bounds hold");
        for (int bin = 0; bin < Bins.Length; bin++)
        {
            // 95 of 100 less two deviations of the count itself.
            double least = (0.95 * shown[bin]) - (2 * Math.Sqrt(0.95 * 0.05 * shown[bin]));
            Assert.True(held[bin] >= least, $"{held[bin]} of {shown[bin]} intervals hold from an effective sample size of {Bins[bin]} on");
        }

        Assert.True(shown.Count(count => count >= 50) >= 2, "several bins are tried");
    }

    /// <summary>
    /// log V of {½ Σ h x² ≤ 1}, 3 to 67 dimensions with log-uniform curvatures over up to six decades of e, along rays u that are not shaped:
    /// they end at √(2/Σ h u²).
    /// </summary>
    private static (RayVolume Volume, double Exact) Trial(int trial, int rays)
    {
        var random = new Random(trial);
        int n = (int)Math.Exp(1 + (3.2 * random.NextDouble()));
        double spread = 0.5 + (5.5 * random.NextDouble());
        double[] h = [.. Enumerable.Range(0, n).Select(_ => Math.Exp(spread * random.NextDouble()))], u = new double[n];
        var crossings = new RayCrossing[rays];
        for (int ray = 0; ray < rays; ray++)
        {
            NormalVectors.Fill((ulong)trial, (ulong)ray, u);
            double square = u.Sum(x => x * x);
            crossings[ray] = new(RayOutcome.Reached, Math.Sqrt(2 * square / h.Zip(u, (a, x) => a * x * x).Sum()), 1, 0, true);
        }

        double exact = UnitBall.LogVolume(n) + (n / 2.0 * Math.Log(2)) - (h.Sum(Math.Log) / 2);
        return (RayVolume.Lebesgue(new(n, 0, 1, 0, "identity", [.. crossings])), exact);
    }
}
