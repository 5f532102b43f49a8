using BasinVolume.Curvature.Volumes;
using BasinVolume.Curvature.Volumes.Gaussian;
using BasinVolume.Curvature.Volumes.Rays;
using BasinVolume.Kernels;

namespace BasinVolume.Curvature.Tests.Volumes.Rays;

public class RayVolumeTests
{
    private static readonly double[] Steep = [0.02, 0.1, 0.5, 1, 2, 3, 5, 8, 20, 50, 100, 300];

    [Fact]
    public void A_quadratic_with_its_own_preconditioner_is_exact_with_variance_0()
    {
        Matrix hessian = SymmetricMatrices.WithSpectrum(Steep, seed: 2);
        double[] minimum = [.. Steep.Select((_, i) => 0.3 * Math.Cos(i))];
        Eigenpairs pairs = RayExamples.Decompose(hessian);
        RayVolume volume = RayVolume.Lebesgue(
            Cross(RayExamples.Quadratic(hessian, minimum), minimum, new InverseRootPreconditioner(pairs, 0), rays: 50, excess: 0.7));
        double exact = QuadraticVolume.AroundWeights(
            QuadraticModel.AtMinimum(0, new Spectrum(pairs.Eigenvalues.AsSpan(), Spectrum.DoubleRoundoff)),
            BasinThreshold.Excess(0.7),
            shift: 0).LogVolume!.Value;
        Assert.Equal(exact, volume.LogValue!.Value, 1e-9);
        Assert.Equal(0, volume.StandardError!.Value, 1e-9);
        Assert.Equal(50, volume.EffectiveSampleSize!.Value, 1e-9);
        Assert.Equal(0, volume.NonMonotoneShare);
        Assert.Equal(volume.LogValue!.Value, volume.Split.Sum(term => term.Nats), 1e-12);
        Assert.Equal(VolumeUnit.ParameterUnits, volume.Unit);
    }

    [Theory]
    [InlineData(10, 2, 0.1, -13.000946705648)]
    [InlineData(100, 1, 0.5, -115.78043452642)]
    [InlineData(1710, 4, 2, -4330.8431641198)]
    [InlineData(1710, 0.1, 2, -1254.7554645676)]
    public void A_round_basin_has_the_measure_of_the_incomplete_gamma_function(int n, double h, double excess, double exact)
    {
        // theory.md, σ = ½: exact, where the saddle point has its own error.
        var loss = new LossOf(n, theta => h / 2 * theta.Sum(t => t * t));
        RayVolume volume = RayVolume.Gaussian(Cross(loss, new double[n], new IdentityPreconditioner(), rays: 32, excess), new(PriorCentre.Origin, 0.5));
        Assert.Equal(exact, volume.LogValue!.Value, 1e-9);
        Assert.Equal(0, volume.StandardError!.Value, 1e-7);
        Assert.Equal(VolumeUnit.Probability, volume.Unit);
    }

    [Theory]
    [InlineData("identity")]
    [InlineData("diagonal")]
    public void Other_preconditioners_agree_within_their_error(string name)
    {
        double[] h = [0.5, 1, 3, 4];
        IRayPreconditioner preconditioner = name == "identity" ? new IdentityPreconditioner() : new DiagonalPreconditioner([1, 0.8, 0.7, 0.5]);
        RayVolume volume = RayVolume.Lebesgue(Cross(LossOf.Diagonal(h), new double[4], preconditioner, rays: 4000, excess: 1));
        double exact = QuadraticVolume.AroundWeights(
            QuadraticModel.AtMinimum(0, new Spectrum(h, Spectrum.DoubleRoundoff)), BasinThreshold.Excess(1), shift: 0).LogVolume!.Value;
        Assert.InRange(volume.StandardError!.Value, 1e-4, 0.05);
        Assert.Equal(exact, volume.LogValue!.Value, 4 * volume.StandardError.Value);
        Assert.InRange(volume.EffectiveSampleSize!.Value, 500, 4000);
        Assert.Contains(name, string.Join(' ', volume.Assumptions), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_preconditioner_high_dimensions_come_out_low()
    {
        // All rays cross near the mean curvature, so that what is found is nearer to log V_n + (n/2) log(2ΔT/mean) than to the geometric mean:
        // low by about (n/2) log(arithmetic/geometric mean).
        double[] h = [.. Enumerable.Range(0, 1000).Select(i => Math.Pow(10, -1 + (2 * i / 999.0)))];
        double exact = QuadraticVolume.AroundWeights(
            QuadraticModel.AtMinimum(0, new Spectrum(h, Spectrum.DoubleRoundoff)), BasinThreshold.Excess(1), shift: 0).LogVolume!.Value;
        RayVolume volume = RayVolume.Lebesgue(Cross(LossOf.Diagonal(h), new double[1000], new IdentityPreconditioner(), rays: 50, excess: 1));
        double gap = 500 * (Math.Log(h.Average()) - h.Average(Math.Log));
        Assert.InRange(gap, 380, 390);
        Assert.Equal((VolumeStatus.Unresolved, null, null, null), (volume.Status, volume.LogValue, volume.StandardError, volume.Interval));
        Assert.InRange(volume.EffectiveSampleSize!.Value, 1, 5);
        // The bound is that of Markov, log 20 below what was found.
        Assert.InRange(exact - volume.LowerBound!.Value, 0.7 * gap, gap + Math.Log(20));
        string bound = volume.LowerBound.Value.ToString("f2", System.Globalization.CultureInfo.InvariantCulture);
        Assert.Contains($"at least {bound}, which is a lower bound", volume.Reason, StringComparison.Ordinal);
        Assert.EndsWith("take the probability under a prior, which depends less on the longest rays.", volume.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Advice_is_none_that_was_taken()
    {
        // Rays of one length in one of a thousand directions: 40 rays of which one holds everything, or 20 equal ones.
        RayCrossings Lengths(params double[] radii) => new(
            60, 0, 1, 9, "identity", [.. radii.Select(radius => new RayCrossing(RayOutcome.Reached, radius, 1, 0, true))]);
        RayCrossings lonely = Lengths([3, .. Enumerable.Repeat(1.0, 39)]), few = Lengths([.. Enumerable.Repeat(1.0, 20)]);
        string WhyOf(RayCrossings crossings, PriorCentre centre) => RayVolume.Gaussian(crossings, new(centre, 1)).Reason!;
        Assert.EndsWith("take a prior around the weights, whose mass lies on all sides of them.", WhyOf(lonely, PriorCentre.Origin), StringComparison.Ordinal);
        Assert.EndsWith("take a narrower prior or another threshold, as more rays would not do.", WhyOf(lonely, PriorCentre.Weights), StringComparison.Ordinal);
        Assert.EndsWith("take about 45 rays.", WhyOf(few, PriorCentre.Weights), StringComparison.Ordinal);
        Assert.StartsWith("20.0 of 20 rays carry the mean where 30 are needed", WhyOf(few, PriorCentre.Origin), StringComparison.Ordinal);
    }

    [Fact]
    public void Away_from_the_priors_centre_drawing_points_agrees()
    {
        // A loss that is not quadratic, in three dimensions, at weights that are neither 0 nor the minimum.
        static double Loss(double[] t) => Math.Cosh(t[0] - 0.5) - 1 + (t[1] * t[1]) + (0.3 * Math.Abs(t[2] + 0.2)) + (0.2 * t[0] * t[1]);
        double[] weights = [0.4, 0.1, -0.3];
        const double Sigma = 0.6, Rise = 0.25;
        RayVolume volume = RayVolume.Gaussian(
            Cross(new LossOf(3, Loss), weights, new DiagonalPreconditioner([1, 0.7, 1.2]), rays: 4000, Rise), new(PriorCentre.Origin, Sigma));

        const int Draws = 200_000;
        var random = new Random(77);
        double rim = Loss(weights) + Rise;
        int inside = Enumerable.Range(0, Draws).Count(_ => Loss([Normal(), Normal(), Normal()]) <= rim);
        double share = inside / (double)Draws;
        double error = Math.Sqrt((1 - share) / (share * Draws));
        Assert.Equal(Math.Log(share), volume.LogValue!.Value, 4 * (error + volume.StandardError!.Value));
        Assert.True(volume.StandardError < 0.05);

        double Normal() => Sigma * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
    }

    [Fact]
    public void A_prior_around_the_weights_forgets_where_they_are()
    {
        RayCrossings Around(double[] weights) => Cross(
            RayExamples.Quadratic(SymmetricMatrices.Diagonal(1, 2, 4), weights), weights, new IdentityPreconditioner(), rays: 60, excess: 0.5);
        var prior = new GaussianPrior(PriorCentre.Weights, 0.8);
        Assert.Equal(RayVolume.Gaussian(Around([0, 0, 0]), prior).LogValue!.Value, RayVolume.Gaussian(Around([4, -8, 16]), prior).LogValue!.Value, 1e-8);
    }

    [Fact]
    public void No_probability_is_above_certainty()
    {
        // The loss stays below the threshold wherever the prior reaches, so that P = 1 but for what lies beyond the radius limit; of the means over rays that
        // are drawn unevenly about half are above it.
        var loss = new LossOf(3, _ => 0);
        int cut = 0;
        for (ulong seed = 1; seed <= 20; seed++)
        {
            RayCrossings crossings = Cross(loss, [0.5, -1, 0.2], new IdentityPreconditioner(), new RaySampling(200, seed) { RadiusLimit = 100 }, excess: 1);
            RayVolume volume = RayVolume.Gaussian(crossings, new(PriorCentre.Origin, 1));
            Assert.InRange(volume.LogValue!.Value, -5 * volume.StandardError!.Value, 0);
            Assert.InRange(volume.Interval!.Value.High, volume.LogValue.Value, 0);
            Assert.InRange(volume.Interval.Value.Low!.Value, -1, 0);
            Assert.Equal(volume.LogValue.Value, volume.Split.Sum(term => term.Nats), 1e-12);
            cut += volume.Split.Any(term => term.Name == "certainty") ? 1 : 0;
        }

        Assert.InRange(cut, 1, 19);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(1710)]
    public void All_of_the_prior_is_certain_but_for_rounding(int n)
    {
        RayCrossings crossings = Cross(
            new LossOf(n, _ => 0), new double[n], new IdentityPreconditioner(), new RaySampling(40, 1) { RadiusLimit = 1000 }, excess: 1);
        RayVolume volume = RayVolume.Gaussian(crossings, new(PriorCentre.Weights, 0.5));
        Assert.Equal(0, volume.LogValue!.Value, 1e-8);
        Assert.InRange(volume.LogValue.Value, -1e-8, 0);
    }

    [Fact]
    public void A_loss_that_never_rises_enough_has_a_measure_but_no_volume()
    {
        // One of two directions is flat: {½ x² ≤ ½} is a strip, of measure Φ(1) − Φ(−1) for σ = 1. Rays close to the flat direction end at the limit.
        RayCrossings crossings = Cross(
            LossOf.Diagonal(1, 0), [0, 0], new IdentityPreconditioner(), new RaySampling(3000, 5) { RadiusLimit = 100 }, excess: 0.5);
        int never = crossings.Count(RayOutcome.NeverReached);
        Assert.InRange(never, 1, 60); // a share of about 2/(100π)
        RayVolume lebesgue = RayVolume.Lebesgue(crossings);
        Assert.Equal((VolumeStatus.Unbounded, null), (lebesgue.Status, lebesgue.LogValue));
        Assert.StartsWith($"The loss stays below the threshold on {never} of 3000 rays up to the radius limit", lebesgue.Reason, StringComparison.Ordinal);
        RayVolume gaussian = RayVolume.Gaussian(crossings, new(PriorCentre.Origin, 1));
        Assert.Equal(Math.Log(0.682689492137), gaussian.LogValue!.Value, 4 * gaussian.StandardError!.Value);
    }

    [Fact]
    public void A_loss_that_is_no_number_somewhere_is_said_with_its_ray()
    {
        var loss = new LossOf(2, t => t[0] > 0.5 ? double.NaN : (t[0] * t[0]) + (t[1] * t[1]));
        RayCrossings crossings = Cross(loss, [0, 0], new IdentityPreconditioner(), rays: 100, excess: 1);
        int failed = crossings.Count(RayOutcome.NotANumber);
        Assert.InRange(failed, 10, 60); // a third of the directions
        int first = crossings.Rays.IndexOf(crossings.Rays.First(ray => ray.Outcome == RayOutcome.NotANumber));
        foreach (RayVolume volume in new[] { RayVolume.Lebesgue(crossings), RayVolume.Gaussian(crossings, new(PriorCentre.Origin, 1)) })
        {
            Assert.Equal((VolumeStatus.Failed, null), (volume.Status, volume.LogValue));
            Assert.StartsWith(
                $"The loss is not a number on {failed} of 100 rays, first on ray {first} at radius {crossings.Rays[first].Radius}:",
                volume.Reason,
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Rays_over_a_bump_are_counted()
    {
        // A ring of height 0.8 around radius ½ in the half-plane x > 0, under a threshold of 1.
        var loss = new LossOf(2, t =>
        {
            double r = Math.Sqrt((t[0] * t[0]) + (t[1] * t[1]));
            return (r * r / 4) + (t[0] > 0 ? 0.8 * Math.Exp(-50 * (r - 0.8) * (r - 0.8)) : 0);
        });
        RayVolume volume = RayVolume.Lebesgue(Cross(loss, [0, 0], new IdentityPreconditioner(), rays: 400, excess: 1));
        Assert.InRange(volume.NonMonotoneShare, 0.4, 0.6);
        Assert.Equal(Math.Log(4 * Math.PI), volume.LogValue!.Value, 1e-6); // the crossing itself is at r = 2 all around, r²/4 = 1
    }

    [Fact]
    public void An_empty_basin_follows_no_ray()
    {
        var loss = new LossOf(1, t => 3 + (t[0] * t[0]));
        RayVolume volume = RayVolume.Lebesgue(Cross(loss, [0], BasinThreshold.Absolute(2)));
        Assert.Equal((VolumeStatus.Empty, 1), (volume.Status, loss.Evaluations));
        Assert.Equal(
            "The basin is empty: the loss may rise by -1 where a positive number is needed; raise the threshold above the loss, or train further.",
            volume.Reason);
        Assert.Equal(0, volume.NonMonotoneShare);
        // {3 + x² ≤ 4} is an interval of length 2.
        Assert.Equal(Math.Log(2), RayVolume.Lebesgue(Cross(loss, [0], BasinThreshold.Absolute(4))).LogValue!.Value, 1e-12);
        Assert.Equal(VolumeStatus.Failed, RayVolume.Lebesgue(Cross(new LossOf(1, _ => double.NaN), [0], BasinThreshold.Excess(1))).Status);
    }

    private static RayCrossings Cross(LossOf loss, double[] weights, BasinThreshold threshold) =>
        new RaySearch(loss, weights, new IdentityPreconditioner(), new RaySampling(30, 1), SymmetricMatrices.Threads).Cross(
            threshold, progress: null, TestContext.Current.CancellationToken);

    private static RayCrossings Cross(LossOf loss, double[] weights, IRayPreconditioner preconditioner, int rays, double excess) =>
        Cross(loss, weights, preconditioner, new RaySampling(rays, seed: 42), excess);

    private static RayCrossings Cross(LossOf loss, double[] weights, IRayPreconditioner preconditioner, RaySampling sampling, double excess) =>
        new RaySearch(loss, weights, preconditioner, sampling, SymmetricMatrices.Threads).Cross(
            BasinThreshold.Excess(excess), progress: null, TestContext.Current.CancellationToken);
}
