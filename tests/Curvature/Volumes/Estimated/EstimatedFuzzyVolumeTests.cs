using BasinVolume.Curvature.Volumes;
using BasinVolume.Curvature.Volumes.Estimated;
using BasinVolume.Curvature.Volumes.Gaussian;

namespace BasinVolume.Curvature.Tests.Volumes.Estimated;

public class EstimatedFuzzyVolumeTests
{
    [Theory]
    [InlineData(PriorCentre.Weights, 0.5, 1, 0)]
    [InlineData(PriorCentre.Origin, 0.5, 0.2, 0)]
    [InlineData(PriorCentre.Origin, 0.2, 0.01, 6)]
    public void It_lies_in_its_interval(PriorCentre centre, double deviation, double temperature, int pairs)
    {
        var prior = new GaussianPrior(centre, deviation);
        int inside = 0, insideOfDimension = 0;
        for (int seed = 1; seed <= 20; seed++)
        {
            // A Gauss–Newton matrix has no eigenvalue below 0; a penalty is added.
            Models models = Models.Of(300, least: 0, seed, weightDecay: 1e-3);
            var dense = FuzzyVolume.Of(models.Dense, prior, temperature);
            var estimated = EstimatedFuzzyVolume.Of(
                models.Estimated(new(6, 40, (ulong)seed) { LowerBound = 0 }, 0, pairs), prior, temperature, TestContext.Current.CancellationToken);
            Assert.Equal((dense.EquivalentThreshold, VolumeStatus.Defined), (estimated.EquivalentThreshold, estimated.Status));
            inside += estimated.LogVolume!.Interval.Contains(dense.LogVolume!.Value) ? 1 : 0;
            insideOfDimension += estimated.EffectiveDimension!.Interval.Contains(dense.EffectiveDimension!.Value) ? 1 : 0;
            // No chance is in the displacement.
            Assert.Equal(dense.Split[1].Nats, estimated.Split[1].Nats, 1e-7 * Math.Max(1, Math.Abs(dense.Split[1].Nats)));
            Assert.Equal(estimated.LogValue!.Value, estimated.Split.Sum(term => term.Nats), 1e-10);
        }

        // Of 20 intervals of 95 %, fewer than 16 hold with a probability of 0.003 (binomial).
        Assert.InRange(inside, 16, 20);
        Assert.InRange(insideOfDimension, 16, 20);
    }

    [Fact]
    public void Where_everything_is_known_it_is_the_closed_form()
    {
        // diag(1, 3) at θ* = (1, 0) without a gradient, σ = 1, s = ½, prior around 0: ½ log 1/(1 + 2) + ½ log 1/(1 + 6) − ½ · 1/(½ + 1).
        var models = new Models([1, 3], [0, 0], [1, 0]);
        var volume = EstimatedFuzzyVolume.Of(
            models.Estimated(new(2, 2), 1, 1, steps: 2), new(PriorCentre.Origin, 1), 0.5, TestContext.Current.CancellationToken);
        Assert.Equal((-0.5 * Math.Log(21)) - (1 / 3.0), volume.LogValue!.Value, 1e-12);
        Assert.Equal((2 / 3.0) + (6 / 7.0), volume.EffectiveDimension!.Value, 1e-12);
        Assert.InRange(volume.LogVolume!.Interval.Width, 0, 1e-12);
    }

    [Fact]
    public void What_is_no_probability_or_may_be_none_has_words()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        var prior = new GaussianPrior(PriorCentre.Weights, 0.5);
        Models saddle = new([-0.5, .. Enumerable.Range(1, 99).Select(i => i / 100.0)], new double[100], new double[100]);
        Assert.Contains("an eigenvalue of the Hessian is at most -0.5", Reason(saddle.Estimated(new(4, 40)), 10), StringComparison.Ordinal);
        Assert.Contains("may have been missed", Reason(Models.Of(300, 0, 1).Estimated(new(2, 3)), 10), StringComparison.Ordinal);
        // Far down a slope: a gradient of 100 and little curvature.
        Models slope = new([0.01, 0.02], [100, 0], [0, 0]);
        Assert.Contains("the loss falls along the gradient", Reason(slope.Estimated(new(2, 2), 1, 1), 1), StringComparison.Ordinal);
        EstimatedModel model = Models.Of(300, 0, 1).Estimated(new(2, 30) { LowerBound = 0 }) with { Origin = null };
        Assert.Contains("centred at 0", EstimatedFuzzyVolume.Of(model, new(PriorCentre.Origin, 0.5), 1, cancellation).Reason, StringComparison.Ordinal);
        Assert.Throws<VolumeParameterException>(() => EstimatedFuzzyVolume.Of(model, prior, 0, cancellation));
        // A matrix of zeros: nothing is decided.
        EstimatedFuzzyVolume flat = EstimatedFuzzyVolume.Of(new Models([0, 0, 0], [0, 0, 0], [0, 0, 0]).Estimated(new(2, 2)), prior, 1, cancellation);
        Assert.Equal(0, flat.LogValue!.Value, 1e-14);

        string Reason(EstimatedModel model, double temperature) => EstimatedFuzzyVolume.Of(model, prior, temperature, cancellation).Reason!;
    }
}
