using BasinVolume.Curvature.Densities;
using BasinVolume.Curvature.Estimates;
using BasinVolume.Curvature.Volumes;
using BasinVolume.Curvature.Volumes.Estimated;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Curvature.Tests.Volumes.Estimated;

/// <summary>Volumes by products against those of the dense matrix.</summary>
public class EstimatedVolumeTests
{
    private static readonly BasinThreshold Threshold = BasinThreshold.Excess(0.5);

    [Theory]
    [InlineData(1, 1e-5, 0)]
    [InlineData(0.01, 0, 0)]
    [InlineData(0.1, 1e-3, 5)]
    public void The_notebooks_volume_lies_in_its_interval(double priorWeight, double weightDecay, int pairs)
    {
        var parameters = new VolumeParameters(threshold: 2, weightDecay, priorWeight, priorDeviation: 0.5);
        int inside = 0, insideOfSensitivity = 0;
        for (int seed = 1; seed <= 20; seed++)
        {
            var models = Models.Of(400, least: 0, seed);
            var dense = NotebookVolume.Of(models.Bare, parameters);
            var estimated = EstimatedNotebookVolume.Of(
                models.Estimated(new(6, 25, (ulong)seed), 0, pairs), parameters, TestContext.Current.CancellationToken);
            Assert.Equal(VolumeStatus.Defined, estimated.Status);
            inside += estimated.LogVolume!.Interval.Contains(dense.LogVolume!.Value) ? 1 : 0;
            insideOfSensitivity += estimated.Sensitivity!.Interval.Contains(dense.Sensitivity!.Value) ? 1 : 0;
            Assert.Equal(estimated.LogValue!.Value, estimated.Split.Sum(term => term.Nats), 1e-10);
            Assert.Equal(dense.LogVolumeExact!.Value - dense.LogVolume.Value, estimated.LogVolumeExact!.Value - estimated.LogValue.Value, 1e-9);
            Assert.InRange(estimated.Interval!.Value.High - estimated.Interval.Value.Low!.Value, 0, 40);
        }

        // Of 20 intervals of 95 %, fewer than 16 hold with a probability of 0.003 (binomial).
        Assert.InRange(inside, 16, 20);
        Assert.InRange(insideOfSensitivity, 16, 20);
    }

    [Theory]
    [InlineData(0.02, 0)]
    [InlineData(1e-3, 6)]
    public void The_quadratic_volume_lies_in_its_interval_around_either_point(double weightDecay, int pairs)
    {
        int around = 0, corrected = 0;
        for (int seed = 1; seed <= 20; seed++)
        {
            Models models = Models.Of(400, least: 0, seed, weightDecay);
            EstimatedModel model = models.Estimated(new(6, 40, (ulong)seed), 0, pairs);
            CancellationToken cancellation = TestContext.Current.CancellationToken;
            var weights = QuadraticVolume.AroundWeights(models.Dense, Threshold, shift: 0);
            var minimum = QuadraticVolume.AroundMinimum(models.Dense, Threshold, shift: 0);
            var estimatedWeights = EstimatedQuadraticVolume.AroundWeights(model, Threshold, shift: 0, cancellation);
            var estimatedMinimum = EstimatedQuadraticVolume.AroundMinimum(model, Threshold, shift: 0, cancellation);
            around += estimatedWeights.LogVolume!.Interval.Contains(weights.LogVolume!.Value) ? 1 : 0;
            corrected += estimatedMinimum.LogVolume!.Interval.Contains(minimum.LogVolume!.Value) ? 1 : 0;
            // Certain, whatever the probes are.
            AssertInside(minimum.Correction, estimatedMinimum.Correction, 1e-10);
            AssertInside(minimum.NewtonDecrement!.Value, estimatedWeights.NewtonDecrement!.Value, 1e-10);
            Assert.Equal(minimum.GradientNorm, estimatedMinimum.GradientNorm, 1e-12);
            Assert.Equal(minimum.Loss, estimatedMinimum.Loss);
        }

        Assert.InRange(around, 16, 20);
        Assert.InRange(corrected, 16, 20);
    }

    [Fact]
    public void Where_nothing_is_left_to_chance_the_interval_is_the_number()
    {
        // diag(1, 2, 4), all three pairs known: ΔT = ½, g = (1, 0, 1), so ΔT_eff = ½ + ½ (1 + ¼); log V = log(4π/3) + (3/2) log(2 · 1.125) − ½ log 8.
        var models = new Models([1, 2, 4], [1, 0, 1], [0, 0, 0]);
        var volume = EstimatedQuadraticVolume.AroundMinimum(
            models.Estimated(new(2, 3), 1, 2, steps: 3), Threshold, shift: 0, TestContext.Current.CancellationToken);
        double expected = Math.Log(4 * Math.PI / 3) + (1.5 * Math.Log(2.25)) - (0.5 * Math.Log(8));
        Assert.Equal(expected, volume.LogValue!.Value, 1e-12);
        AssertInside(expected, new(volume.Interval!.Value.Low!.Value, volume.Interval.Value.High), 1e-13);
        Assert.InRange(volume.LogVolume!.Interval.Width, 0, 1e-12);
        Assert.Equal(0, volume.StandardError);
    }

    [Fact]
    public void An_order_of_1_and_a_gradient_of_0_are_no_special_case()
    {
        var models = new Models([2], [0], [0]);
        EstimatedModel model = models.Estimated(new(2, 1), steps: 1);
        var volume = EstimatedQuadraticVolume.AroundMinimum(model, Threshold, shift: 0, TestContext.Current.CancellationToken);
        // ½ 2 δ² ≤ ½: from −1/√2 to 1/√2.
        Assert.Equal(Math.Log(Math.Sqrt(2)), volume.LogValue!.Value, 1e-14);
        Assert.Equal(new(0, 0), volume.Correction);
    }

    [Fact]
    public void What_has_no_volume_has_a_status_and_words()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        Models saddle = new([-0.5, .. Enumerable.Range(1, 99).Select(i => i / 100.0)], new double[100], new double[100]);
        EstimatedModel model = saddle.Estimated(new(4, 30));
        var unbounded = EstimatedNotebookVolume.Of(model, new(2, 0, 0.1, 0.5), cancellation);
        Assert.Equal(VolumeStatus.Unbounded, unbounded.Status);
        Assert.Contains("H has an eigenvalue of at most -0.5", unbounded.Reason, StringComparison.Ordinal);
        Assert.Null(unbounded.LogValue);
        Assert.Null(unbounded.Interval);
        Assert.Empty(unbounded.Split);
        // A shift that makes it positive, and a threshold that no loss is below.
        Assert.Equal(VolumeStatus.Defined, EstimatedNotebookVolume.Of(model, new(2, 0, 1, 0.5), cancellation).Status);
        Assert.Equal(VolumeStatus.Empty, EstimatedNotebookVolume.Of(model, new(-2, 0, 1, 0.5), cancellation).Status);
        Assert.Equal(
            VolumeStatus.Empty, EstimatedQuadraticVolume.AroundWeights(model with { Loss = double.NaN }, BasinThreshold.Absolute(1), 1, cancellation).Status);
        // Three steps do not tell whether an eigenvalue lies below −0.6, and nothing was met there.
        var unknown = EstimatedNotebookVolume.Of(saddle.Estimated(new(2, 3)), new(2, 0, 0.15, 0.5), cancellation);
        Assert.Equal(VolumeStatus.Failed, unknown.Status);
        Assert.StartsWith("It is not known whether the basin has a finite volume. 2 probes of 3 steps do not tell", unknown.Reason, StringComparison.Ordinal);
        // Known zeros leave the bare loss flat.
        var flat = EstimatedQuadraticVolume.AroundMinimum(Models.Of(100, least: 0, seed: 1).Estimated(new(2, 20)), Threshold, 0, cancellation);
        Assert.Equal(VolumeStatus.Unbounded, flat.Status);
        Assert.Contains("40 directions along which the loss is flat", flat.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Results_have_the_same_bits_for_any_number_of_threads()
    {
        Assert.Equal(Value(1), Value(3));

        static double Value(int count)
        {
            using var threads = new HostThreads(count);
            var map = Models.Of(500, least: 0, seed: 2).Map;
            var model = new EstimatedModel(0.1, ProbeQuadratures.Of(map, null, null, new(4, 20), threads), VectorMeasure.Zero);
            return EstimatedNotebookVolume.Of(model, VolumeParameters.Notebook).LogValue!.Value;
        }
    }

    private static void AssertInside(double expected, Interval interval, double slack)
        => Assert.InRange(expected, interval.Low - (slack * Math.Abs(expected)), interval.High + (slack * Math.Abs(expected)));
}
