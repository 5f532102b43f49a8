using BasinVolume.Curvature.Volumes;
using BasinVolume.Curvature.Volumes.Gaussian;
using BasinVolume.Curvature.Volumes.Rays;

namespace BasinVolume.Curvature.Tests.Volumes.Rays;

public class TiltedPreconditionerTests
{
    [Theory]
    [InlineData(PriorCentre.Origin, 0.3)] // less than half of the prior is inside
    [InlineData(PriorCentre.Weights, 0.3)]
    [InlineData(PriorCentre.Origin, 500)] // more than half
    [InlineData(PriorCentre.Weights, 500)]
    public void On_a_quadratic_of_many_dimensions_most_rays_count(PriorCentre centre, double excess)
    {
        // 200 dimensions, of which 25 have curvature; weights two deviations from 0, and a gradient.
        const int n = 200;
        double[] h = [.. Enumerable.Range(0, n).Select(i => i < n - 25 ? 0 : Math.Pow(10, -1 + (3 * (i - n + 25) / 24.0)))];
        double[] weights = [.. Enumerable.Range(0, n).Select(i => Math.Cos(i))], gradient = [.. Enumerable.Range(0, n).Select(i => 0.05 * Math.Sin(3 * i))];
        var model = QuadraticModel.InEigenbasis(0, new Spectrum(h, Spectrum.DoubleRoundoff), gradient, weights);
        var prior = new GaussianPrior(centre, 0.5);
        var loss = new LossOf(n, t => Enumerable.Range(0, n).Sum(i => (gradient[i] * (t[i] - weights[i])) + (h[i] * Math.Pow(t[i] - weights[i], 2) / 2)));
        RayVolume volume = Volume(model, loss, weights, prior, excess, rays: 150);
        double exact = GaussianMeasure.Of(model, BasinThreshold.Excess(excess), prior).LogProbability!.Value;
        Assert.InRange(volume.EffectiveSampleSize!.Value, 40, 150);
        Assert.InRange(exact, volume.Interval!.Value.Low!.Value - 0.02, volume.Interval.Value.High + 0.02); // and the error of the saddle-point formula
    }

    [Fact]
    public void A_line_far_from_the_priors_centre_is_a_difference_of_two_tails()
    {
        // ½ x² ≤ ½ around θ* = 3 in one dimension under N(0, 1): Φ(4) − Φ(2) = 0.022718460.
        var model = QuadraticModel.InEigenbasis(0, new Spectrum([1.0], Spectrum.DoubleRoundoff), [0.0], [3.0]);
        RayVolume volume = Volume(model, new LossOf(1, t => Math.Pow(t[0] - 3, 2) / 2), [3], new(PriorCentre.Origin, 1), 0.5, rays: 4000);
        Assert.Equal(Math.Log(0.0227184606), volume.LogValue!.Value, 4 * volume.StandardError!.Value);
        Assert.InRange(volume.StandardError.Value, 1e-4, 0.05);
    }

    [Fact]
    public void A_quartic_bowl_has_its_volume_and_its_share_of_the_prior()
    {
        // |x|⁴ ≤ 1 is the unit ball in eight dimensions, whatever shapes the rays: π⁴/24, and under N(0, ¼) at its centre the regularised gamma function P(4,
        // 2) = 0.142876540 (1 − 19 e⁻² /3).
        const int n = 8;
        double[] h = [.. Enumerable.Range(0, n).Select(i => 1 + (i / 8.0))];
        var model = QuadraticModel.AtMinimum(0, new Spectrum(h, Spectrum.DoubleRoundoff));
        var loss = new LossOf(n, t => Math.Pow(t.Sum(x => x * x), 2));
        TiltedPreconditioner rays = TiltedPreconditioner.Of(model, Along(model), BasinThreshold.Excess(1), new(PriorCentre.Weights, 0.5));
        RayCrossings crossings = new RaySearch(loss, new double[n], rays, new RaySampling(2000, seed: 4), SymmetricMatrices.Threads).Cross(
            BasinThreshold.Excess(1), progress: null, TestContext.Current.CancellationToken);
        RayVolume lebesgue = RayVolume.Lebesgue(crossings), gaussian = RayVolume.Gaussian(crossings, new(PriorCentre.Weights, 0.5));
        Assert.Equal(4 * Math.Log(Math.PI) - Math.Log(24), lebesgue.LogValue!.Value, 4 * lebesgue.StandardError!.Value);
        Assert.Equal(Math.Log(1 - (19 * Math.Exp(-2) / 3)), gaussian.LogValue!.Value, 4 * gaussian.StandardError!.Value);
        Assert.InRange(gaussian.StandardError.Value, 1e-4, 0.02);
    }

    // The parameters are the eigenvectors.
    private static Eigenpairs Along(QuadraticModel model) => new(model.Hessian.Eigenvalues, 0, SymmetricMatrices.Of(model.Dimension, (i, j) => i == j ? 1 : 0));

    private static RayVolume Volume(QuadraticModel model, LossOf loss, double[] weights, GaussianPrior prior, double excess, int rays)
    {
        TiltedPreconditioner preconditioner = TiltedPreconditioner.Of(model, Along(model), BasinThreshold.Excess(excess), prior);
        var sampling = new RaySampling(rays, seed: 7) { Tolerance = 1e-3, InteriorEvaluations = 0, InitialRadius = 8 };
        RayCrossings crossings = new RaySearch(loss, weights, preconditioner, sampling, SymmetricMatrices.Threads).Cross(
            BasinThreshold.Excess(excess), progress: null, TestContext.Current.CancellationToken);
        return RayVolume.Gaussian(crossings, prior);
    }
}
