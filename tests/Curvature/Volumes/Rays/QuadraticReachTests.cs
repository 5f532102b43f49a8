using BasinVolume.Curvature.Volumes;
using BasinVolume.Curvature.Volumes.Rays;
using BasinVolume.Kernels;

namespace BasinVolume.Curvature.Tests.Volumes.Rays;

public class QuadraticReachTests
{
    private static readonly double[] Eigenvalues = [0.2, 1, 3, 8, 20];

    [Fact]
    public void On_a_quadratic_the_model_is_right_wherever_it_is_expanded()
    {
        Matrix hessian = SymmetricMatrices.WithSpectrum(Eigenvalues, seed: 6);
        double[] minimum = [0.1, 0.2, -0.3, 0.4, -0.5], weights = [0.2, 0, -0.1, 0.3, -0.2];
        double[] gradient = [.. Enumerable.Range(0, 5).Select(i => Enumerable.Range(0, 5).Sum(j => hessian[i, j] * (weights[j] - minimum[j])))];
        Eigenpairs pairs = RayExamples.Decompose(hessian);
        QuadraticReach reach = Of(RayExamples.Quadratic(hessian, minimum), weights, gradient, hessian, 0.4, new InverseRootPreconditioner(pairs, 0));
        Assert.Equal((200, 0), (reach.Ratios.Length, reach.Unreached));
        Assert.All(reach.Ratios, ratio => Assert.Equal(1, ratio, 1e-12));
        Assert.Equal(1, reach.MeanRatio, 1e-12);
    }

    [Fact]
    public void A_loss_that_steepens_leaves_the_model_outside()
    {
        // ½x² + x⁴ in one dimension, ΔT = ½: the model ends at x = 1, where the loss is 1½.
        QuadraticReach reach = Of(
            new LossOf(1, t => (t[0] * t[0] / 2) + Math.Pow(t[0], 4)), [0], [0], SymmetricMatrices.Diagonal(1), 0.5, new IdentityPreconditioner());
        Assert.All(reach.Ratios, ratio => Assert.Equal(3, ratio, 1e-12));
        Assert.Equal((0, 3), (reach.ShareInside, Math.Round(reach.MeanRatio, 9)));
    }

    [Fact]
    public void Rays_on_which_the_model_falls_are_counted()
    {
        // x²/2 − y²/2: half of the rays fall.
        QuadraticReach reach = Of(LossOf.Diagonal(1, -1), [0, 0], [0, 0], SymmetricMatrices.Diagonal(1, -1), 0.5, new IdentityPreconditioner());
        Assert.InRange(reach.Unreached, 60, 140);
        Assert.Equal(200, reach.Unreached + reach.Ratios.Length);
        Assert.All(reach.Ratios, ratio => Assert.Equal(1, ratio, 1e-9));
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Assert.Throws<MatrixException>(() => Of(LossOf.Diagonal(1, 1), [0, 0], [0], SymmetricMatrices.Diagonal(1, 1), 1, new IdentityPreconditioner()));
        Assert.Throws<VolumeParameterException>(() => Of(LossOf.Diagonal(1), [0], [0], SymmetricMatrices.Diagonal(1), 0, new IdentityPreconditioner()));
    }

    private static QuadraticReach Of(LossOf loss, double[] weights, double[] gradient, Matrix hessian, double excess, IRayPreconditioner preconditioner) =>
        QuadraticReach.Of(
            loss,
            weights,
            gradient,
            hessian,
            excess,
            preconditioner,
            new RaySampling(200, seed: 3),
            SymmetricMatrices.Threads,
            TestContext.Current.CancellationToken);
}
