using BasinVolume.Curvature.Lanczos;
using BasinVolume.Curvature.Sampling;
using BasinVolume.Curvature.Volumes;
using BasinVolume.Curvature.Volumes.Gaussian;
using BasinVolume.Curvature.Volumes.Rays;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Curvature.Tests.Volumes.Rays;

public class DeflatedRaysTests
{
    private const int Order = 60;
    private static readonly double[] Eigenvalues = [-0.2, -0.05, .. Enumerable.Range(0, 50).Select(i => 0.002 * (i + 1)), 1, 2, 3, 5, 8, 13, 21, 34];
    private static readonly double[] Gradient = [.. Enumerable.Range(0, Order).Select(i => 0.05 * Math.Sin(3 * i))];
    private static readonly double[] Weights = [.. Enumerable.Range(0, Order).Select(i => Math.Cos(i))];

    [Fact]
    public void With_every_pair_they_are_those_of_the_dense_matrix()
    {
        RitzPairs pairs = Pairs(Order);
        AssertSame(new InverseRootPreconditioner(Eigenpairs, 0.01), DeflatedRays.OfHessian(pairs, rest: 0.3, regularisation: 0.01));
        foreach (PriorCentre centre in new[] { PriorCentre.Origin, PriorCentre.Weights })
        {
            var prior = new GaussianPrior(centre, 0.5);
            var model = QuadraticModel.InEigenbasis(0, new Spectrum(Eigenvalues, Spectrum.DoubleRoundoff), Gradient, Weights);
            BasinThreshold threshold = BasinThreshold.Excess(0.5);
            double tilt = GaussianMeasure.Of(model, threshold, prior).SaddlePoint!.Value;
            Assert.InRange(tilt, -1e6, -1e-6);
            AssertSame(
                TiltedPreconditioner.Of(model, Eigenpairs, threshold, prior), DeflatedRays.Tilted(pairs, 0, tilt, prior, Gradient, Weights));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(8)]
    public void With_few_pairs_or_none_the_mean_is_the_same(int largest)
    {
        // A quadratic of positive curvature, whose measure is known: what shapes the rays is in their interval alone.
        double[] h = [.. Eigenvalues.Select(Math.Abs).Order()];
        var prior = new GaussianPrior(PriorCentre.Weights, 0.5);
        BasinThreshold threshold = BasinThreshold.Excess(1);
        var model = QuadraticModel.InEigenbasis(0, new Spectrum(h, Spectrum.DoubleRoundoff), Gradient, Weights);
        var exact = GaussianMeasure.Of(model, threshold, prior);
        RitzPairs pairs = KnownPairs.Of(SymmetricMatrices.Diagonal(h), 0, largest);
        double rest = h[..^largest].Average();
        DeflatedRays rays = DeflatedRays.Tilted(pairs, rest, exact.SaddlePoint!.Value, prior, Gradient, Weights);
        var loss = new LossOf(
            Order, t => Enumerable.Range(0, Order).Sum(i => (Gradient[i] * (t[i] - Weights[i])) + (h[i] * Math.Pow(t[i] - Weights[i], 2) / 2)));
        var sampling = new RaySampling(400, seed: 7) { Tolerance = 1e-3, InteriorEvaluations = 0, InitialRadius = 2 };
        RayCrossings crossings = new RaySearch(loss, Weights, rays, sampling, SymmetricMatrices.Threads).Cross(
            threshold, progress: null, TestContext.Current.CancellationToken);
        var volume = RayVolume.Gaussian(crossings, prior);
        if (largest == 0)
        {
            // Outliers that nobody knows of carry the variance: hardly a ray counts, and at most a lower bound is said.
            Assert.InRange(volume.EffectiveSampleSize!.Value, 1, 100);
            Assert.InRange(volume.LowerBound ?? volume.Interval!.Value.Low ?? double.NegativeInfinity, double.NegativeInfinity, exact.LogValue!.Value);
            return;
        }

        Assert.InRange(volume.EffectiveSampleSize!.Value, 150, 400);
        Assert.InRange(exact.LogValue!.Value, volume.Interval!.Value.Low!.Value, volume.Interval.Value.High);
    }

    [Fact]
    public void A_ray_has_the_same_bits_whatever_others_and_threads_there_are()
    {
        DeflatedRays rays = DeflatedRays.OfHessian(Pairs(9), 0.1, 0.01);
        Matrix together = Directions(5);
        using var one = new HostThreads(1);
        using var three = new HostThreads(3);
        rays.Apply(together, three);
        for (int row = 0; row < 5; row++)
        {
            var alone = new Matrix(1, Order, Directions(5).Row(row).ToArray());
            rays.Apply(alone, one);
            Assert.Equal(alone.Values, together.Row(row).ToArray());
        }
    }

    [Fact]
    public void What_is_no_shape_is_refused()
    {
        Assert.Throws<VolumeParameterException>(() => DeflatedRays.OfHessian(Pairs(2), -1, 0));
        Assert.Throws<VolumeParameterException>(() => DeflatedRays.OfHessian(Pairs(2), 0, 0));
        Assert.Throws<VolumeParameterException>(() => DeflatedRays.OfHessian(Pairs(2), 1, double.NaN));
        var prior = new GaussianPrior(PriorCentre.Weights, 1);
        Assert.Throws<VolumeParameterException>(() => DeflatedRays.Tilted(Pairs(2), 0, 1, prior, Gradient, Weights));
        // 1 + 10 (−0.2) is below 0.
        Assert.Throws<VolumeParameterException>(() => DeflatedRays.Tilted(Pairs(Order), 0, -10, prior, Gradient, Weights));
        Assert.Throws<MatrixException>(() => DeflatedRays.Tilted(Pairs(2), 0, -1, prior, Gradient, [1, 2]));
    }

    private static Eigenpairs Eigenpairs
        => new([.. Eigenvalues], 0, SymmetricMatrices.Diagonal([.. Enumerable.Repeat(1.0, Order)]));

    private static RitzPairs Pairs(int count) => KnownPairs.Of(SymmetricMatrices.Diagonal(Eigenvalues), count / 2, count - (count / 2));

    private static Matrix Directions(int count)
    {
        var directions = new Matrix(count, Order);
        for (int row = 0; row < count; row++)
            NormalVectors.Fill(seed: 3, (ulong)row, directions.Row(row));
        return directions;
    }

    private static void AssertSame(IRayPreconditioner expected, IRayPreconditioner actual)
    {
        Matrix wanted = Directions(3), found = Directions(3);
        expected.Apply(wanted, SymmetricMatrices.Threads);
        actual.Apply(found, SymmetricMatrices.Threads);
        Assert.All(wanted.Values.Zip(found.Values), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
        Assert.Equal(expected.Drift.Length, actual.Drift.Length);
        Assert.All(expected.Drift.ToArray().Zip(actual.Drift.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
    }
}
