using BasinVolume.Curvature.Tests.Volumes.Rays;
using BasinVolume.Curvature.Volumes;
using BasinVolume.Curvature.Volumes.Gaussian;
using BasinVolume.Curvature.Volumes.Rays;
using BasinVolume.Curvature.Volumes.Splitting;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Curvature.Tests.Volumes.Splitting;

/// <summary>Multilevel splitting against quadratics, whose probability the contour integral knows to 1e-10.</summary>
public class LevelVolumeTests
{
    private static readonly GaussianPrior Prior = new(PriorCentre.Weights, 1);

    [Theory]
    [InlineData(8, 1)]
    [InlineData(16, 1)]
    [InlineData(8, 0.1)]
    [InlineData(8, 0.01)]
    public void Intervals_hold_for_quadratics_whose_measure_is_known(int points, double depth)
    {
        const int Trials = 100;
        int values = 0, held = 0;
        for (int trial = 0; trial < Trials; trial++)
        {
            (double[] h, double[] g, double rise) = Quadratic(trial, depth);
            LevelVolume volume = VolumeOf(h, g, BasinThreshold.Excess(rise), new(points, (ulong)trial), threads: 2);
            double exact = Measure(h, g, rise);
            values += volume.LogValue is null ? 0 : 1;
            held += volume.Interval is { } interval ? (interval.Low <= exact && exact <= interval.High ? 1 : 0) : (volume.LowerBound <= exact ? 1 : 0);
        }

        // 95 of 100 less two deviations of the count itself.
        Assert.True(held >= (0.95 * Trials) - (2 * Math.Sqrt(0.95 * 0.05 * Trials)), $"{held} of {Trials} intervals and bounds hold");
        Assert.True(values > 0.8 * Trials, $"{values} of {Trials} have a value");
    }

    [Fact]
    public void Shares_have_the_mean_of_the_measure_although_few_points_take_few_steps()
    {
        // 4,000 populations of 4 points, which take a step at each level: nothing is well mixed here, and the mean holds all the same.
        (double[] h, double[] g, double rise) = Quadratic(14, 1);
        LevelVolume volume = VolumeOf(h, g, BasinThreshold.Excess(rise), new(4, 1) { Populations = 4000, Steps = 1 }, threads: 2);
        double[] ratios = [.. volume.Populations.Select(end => end.Inside == 0 ? 0 : Math.Exp(end.LogShare - Measure(h, g, rise)))];
        double mean = ratios.Average(), error = Math.Sqrt(ratios.Sum(ratio => (ratio - mean) * (ratio - mean))) / ratios.Length;
        Assert.InRange(mean, 1 - (3 * error), 1 + (3 * error));
        Assert.True(error < 0.05, $"{error}");
    }

    [Fact]
    public void Threads_and_batches_change_no_bit()
    {
        (double[] h, double[] g, double rise) = Quadratic(3, 1);
        LevelVolume one = VolumeOf(h, g, BasinThreshold.Excess(rise), new(8, 7), threads: 1);
        LevelVolume other = VolumeOf(h, g, BasinThreshold.Excess(rise), new(8, 7) { BatchSize = 5 }, threads: 3);
        Assert.Equal(one.Populations, other.Populations);
        Assert.Equal(one.LogValue, other.LogValue);
    }

    [Fact]
    public void A_wide_basin_is_plain_Monte_Carlo()
    {
        (double[] h, double[] g, _) = Quadratic(5, 1);
        LevelVolume volume = VolumeOf(h, g, BasinThreshold.Excess(1e6), new(8, 1), threads: 1);
        Assert.Equal(0, volume.Levels);
        Assert.Equal(0, volume.LogValue);
        // All of 64 inside: the lower end of Clopper and Pearson's interval is 0.025^(1/64).
        Assert.Equal(Math.Log(0.025) / 64, volume.Interval!.Value.Low!.Value, 1e-10);
    }

    [Fact]
    public void A_loss_that_is_nowhere_low_enough_has_no_value_but_a_reason()
    {
        LevelVolume volume = VolumeOf(new LossOf(2, _ => 3), [1, 1], [0, 0], BasinThreshold.Absolute(2), new(8, 1), threads: 1);
        Assert.Equal(VolumeStatus.Unresolved, volume.Status);
        Assert.Null(volume.LogValue);
        Assert.Null(volume.Interval);
        Assert.Null(volume.LowerBound);
        Assert.Contains("8 of 8 populations did not come down to a loss of 2", volume.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_population_that_stays_on_a_plain_counts_as_nothing_in_the_bound()
    {
        // A plain around a disc of radius ¼: its share is 1 − exp(−1/32) = 0.0308, and few points find it.
        LevelVolume volume = VolumeOf(
            new LossOf(2, x => (x[0] * x[0]) + (x[1] * x[1]) < 1.0 / 16 ? 0 : 3), [1, 1], [0, 0], BasinThreshold.Absolute(2), new(16, 1), threads: 1);
        int found = volume.Populations.Count(end => end.Inside > 0);
        Assert.InRange(found, 1, 7);
        Assert.Equal(VolumeStatus.Unresolved, volume.Status);
        Assert.InRange(volume.LowerBound!.Value, -10, Math.Log(0.0308));
    }

    [Fact]
    public void A_loss_that_is_not_a_number_lies_above_every_level()
    {
        // Half of the prior fails; of the other half all is inside.
        LevelVolume volume = VolumeOf(
            new LossOf(2, x => x[0] < -0.5 ? double.NaN : Math.Max(0, x[0])), [1, 1], [0, 0], BasinThreshold.Absolute(0.1), new(64, 1), threads: 1);
        // Pr(−0.5 ≤ x ≤ 0.1) = Φ(0.1) − Φ(−0.5) = 0.539828 − 0.308538.
        Assert.InRange(Math.Log(0.539828 - 0.308538), volume.Interval!.Value.Low!.Value, volume.Interval.Value.High);
    }

    [Fact]
    public void One_point_is_no_population() => Assert.Throws<VolumeParameterException>(() => new SplittingSampling(1, 1));

    private static (double[] H, double[] G, double Rise) Quadratic(int trial, double depth)
    {
        var random = new Random(trial);
        int n = random.Next(2, 20);
        double[] h = [.. Enumerable.Range(0, n).Select(_ => Math.Exp(4 * random.NextDouble()) * (random.Next(8) == 0 ? -0.02 : 1)).Order()];
        double[] g = [.. h.Select(_ => random.NextDouble())];
        return (h, g, depth * h.Max() * (0.02 + (0.2 * random.NextDouble())));
    }

    [Fact]
    public void Each_level_is_told_and_none_lies_above_the_one_before()
    {
        double[] h = [1, 4, 9], g = [0.1, 0.2, 0.3];
        var told = new List<SplittingLevel>();
        LevelVolume volume = VolumeOf(
            LossOfQuadratic(h, g), h, g, BasinThreshold.Excess(0.01), new SplittingSampling(8, 3), threads: 1, new Listening(told));
        Assert.True(volume.Levels > 2);
        Assert.Equal(Enumerable.Range(1, volume.Levels), told.Select(level => level.Number));
        Assert.All(told.Zip(told.Skip(1)), pair => Assert.True(pair.Second.Highest <= pair.First.Highest && pair.Second.Above <= pair.First.Above));
        Assert.All(told, level => Assert.True(level.Highest > level.Height));
    }

    private sealed class Listening(List<SplittingLevel> told) : IProgress<SplittingLevel>
    {
        public void Report(SplittingLevel value) => told.Add(value);
    }

    private static LossOf LossOfQuadratic(double[] h, double[] g)
        => new LossOf(h.Length, x => x.Select((t, i) => (g[i] * t) + (h[i] * t * t / 2)).Sum());

    private static QuadraticModel Model(double[] h, double[] g)
        => QuadraticModel.InEigenbasis(0, new Spectrum([.. h], Spectrum.DoubleRoundoff), g, new double[h.Length]);

    private static double Measure(double[] h, double[] g, double rise) => GaussianMeasure.Of(Model(h, g), BasinThreshold.Excess(rise), Prior).LogValue!.Value;

    private static LevelVolume VolumeOf(double[] h, double[] g, BasinThreshold threshold, SplittingSampling sampling, int threads)
        => VolumeOf(LossOfQuadratic(h, g), h, g, threshold, sampling, threads);

    private static LevelVolume VolumeOf(
        ILossAtWeights loss,
        double[] h,
        double[] g,
        BasinThreshold threshold,
        SplittingSampling sampling,
        int threads,
        IProgress<SplittingLevel>? progress = null)
    {
        using var team = new HostThreads(threads);
        var identity = new Matrix(h.Length, h.Length);
        for (int i = 0; i < h.Length; i++)
            identity[i, i] = 1;
        return LevelVolume.Of(loss, Model(h, g), new double[h.Length], new Eigenpairs([.. h], 0, identity), threshold, Prior, sampling, team, progress);
    }
}
