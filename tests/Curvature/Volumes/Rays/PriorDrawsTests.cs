using BasinVolume.Curvature.Volumes;
using BasinVolume.Curvature.Volumes.Gaussian;
using BasinVolume.Curvature.Volumes.Rays;

namespace BasinVolume.Curvature.Tests.Volumes.Rays;

public class PriorDrawsTests
{
    [Fact]
    public void A_round_basin_in_two_dimensions_has_its_share_and_mean()
    {
        // h = 2, σ = ½, ΔT = ¼: P = 1 − exp(−ΔT/(hσ²)), the mean rise is ½·2·h·σ² = ½ with a deviation of ½.
        PriorDraws draws = Of(LossOf.Diagonal(2, 2), [0, 0], 0.25, new(PriorCentre.Origin, 0.5));
        Assert.InRange(draws.StandardError!.Value, 0.01, 0.05);
        Assert.Equal(Math.Log(1 - Math.Exp(-0.5)), draws.LogShare!.Value, 4 * draws.StandardError.Value);
        Assert.Equal(0.5 / Math.Sqrt(4000), draws.MeanRiseError, 1e-3);
        Assert.Equal(0.5, draws.MeanRise, 4 * draws.MeanRiseError);
    }

    [Fact]
    public void The_priors_centre_and_the_weights_own_loss_count()
    {
        // ½ h θ² rises by ½ h σ² over a prior around 0 from there; from θ* = 3 that is ½ h (σ² − 9), and around 3 it is ½ h σ² again.
        PriorDraws origin = Of(LossOf.Diagonal(4), [3], 0, new(PriorCentre.Origin, 0.5)), around = Of(
            LossOf.Diagonal(4), [3], 0, new(PriorCentre.Weights, 0.5));
        Assert.Equal(2 * (0.25 - 9), origin.MeanRise, 4 * origin.MeanRiseError);
        Assert.Equal(0.5, around.MeanRise, 4 * around.MeanRiseError);
        Assert.Equal((4000, 0), (origin.Inside, Of(LossOf.Diagonal(4), [0], -1, new(PriorCentre.Origin, 1)).Inside));
    }

    [Fact]
    public void Points_in_shares_are_those_of_all()
    {
        LossOf loss = LossOf.Diagonal(2, 5);
        double[] weights = [0.5, -1];
        GaussianPrior prior = new(PriorCentre.Origin, 0.7);
        double[] losses = [.. Losses(0, 70), .. Losses(70, 0), .. Losses(70, 30)];
        PriorDraws all = PriorDraws.Of(loss, weights, 0.25, prior, 100, 3, SymmetricMatrices.Threads, null, TestContext.Current.CancellationToken);
        // L(θ*) = ½(2·¼ + 5·1).
        Assert.Equal(all, PriorDraws.Of(losses, 2.75, 0.25));

        double[] Losses(int first, int count) => PriorDraws.Losses(
            loss, weights, prior, first, count, 3, SymmetricMatrices.Threads, null, TestContext.Current.CancellationToken);
    }

    [Fact]
    public void No_point_inside_has_no_logarithm_and_one_draw_no_error()
    {
        PriorDraws none = Of(LossOf.Diagonal(4), [0], -1, new(PriorCentre.Origin, 1));
        Assert.Equal((null, null), (none.LogShare, none.StandardError));
        Assert.Null(none.Interval.Low);
        Assert.Throws<VolumeParameterException>(() => PriorDraws.Of(
            LossOf.Diagonal(1),
            [0],
            1,
            new(PriorCentre.Origin, 1),
            count: 1,
            seed: 0,
            SymmetricMatrices.Threads,
            progress: null,
            TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(0, 0, 0.308497107818761)]
    [InlineData(5, 0.187086028447405, 0.812913971552595)]
    [InlineData(10, 0.691502892181239, 1)]
    public void The_interval_of_a_share_is_that_of_Clopper_and_Pearson(int inside, double low, double high)
    {
        // Of 10 draws: 0.025^(1/10) = 0.6915… for none or all; the quantiles of B(5, 6) and B(6, 5) by mpmath.
        LogInterval interval = new PriorDraws(10, inside, MeanRise: 0, MeanRiseError: 0).Interval;
        Assert.Equal(low, interval.Low is { } logarithm ? Math.Exp(logarithm) : 0, 1e-9);
        Assert.Equal(high, Math.Exp(interval.High), 1e-9);
        Assert.Equal(inside == 5, new PriorDraws(10, inside, 0, 0).StandardError is not null);
    }

    private static PriorDraws Of(LossOf loss, double[] weights, double excess, GaussianPrior prior) =>
        PriorDraws.Of(loss, weights, excess, prior, count: 4000, seed: 3, SymmetricMatrices.Threads, progress: null, TestContext.Current.CancellationToken);
}
