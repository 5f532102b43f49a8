using System.Collections.Immutable;
using BasinVolume.Curvature.Dense;
using BasinVolume.Curvature.Groups;
using BasinVolume.Kernels;

namespace BasinVolume.Curvature.Tests.Groups;

public class EigenvectorReportTests
{
    private static readonly ImmutableArray<ParameterGroup> Groups = [new("a", 0, 1), new("b", 1, 2)];

    [Fact]
    public void Shares_and_overlap_by_hand()
    {
        // [[1, 2], [2, 1]] on coordinates 0 and 1 has 3 with (1, 1, 0)/√2 and −1 with (1, −1, 0)/√2; coordinate 2 has 7.
        var matrix = new Matrix(3, 3, [1, 2, 0, 2, 1, 0, 0, 0, 7]);
        ImmutableArray<EigenvectorReport> reports = Of(matrix, [3, 4, 0]);
        Assert.Equal([-1, 3, 7], reports.Select(report => report.Eigenvalue), (e, a) => Math.Abs(e - a) < 1e-14);
        Assert.All(reports, report => Assert.InRange(report.Residual, 0, 1e-14));
        AssertShares([0.5, 0.5], reports[0]);
        AssertShares([0.5, 0.5], reports[1]);
        AssertShares([0, 1], reports[2]);
        // g/|g| = (0.6, 0.8, 0).
        Assert.Equal(0.2 / Math.Sqrt(2), reports[0].GradientOverlap!.Value, 1e-14);
        Assert.Equal(1.4 / Math.Sqrt(2), reports[1].GradientOverlap!.Value, 1e-14);
        Assert.Equal(0, reports[2].GradientOverlap!.Value, 1e-14);
    }

    [Fact]
    public void A_pair_that_is_none_has_its_residual()
    {
        // A v − λ v of diag(1, 4) with v = (0.6, 0.8), λ = 2: (−0.6, 1.6).
        var pairs = new Eigenpairs([2], 0, new Matrix(1, 2, [0.6, 0.8]));
        EigenvectorReport report = EigenvectorReport.Of(SymmetricMatrices.Diagonal(1, 4), pairs, [], [], SymmetricMatrices.Threads)[0];
        Assert.Equal(Math.Sqrt((0.6 * 0.6) + (1.6 * 1.6)), report.Residual, 1e-15);
        Assert.Null(report.GradientOverlap);
    }

    [Fact]
    public void A_zero_gradient_overlaps_with_nothing()
        => Assert.All(Of(SymmetricMatrices.Diagonal(1, 2, 3), [0, 0, 0]), report => Assert.Equal(0, report.GradientOverlap));

    [Theory]
    [InlineData(1e-300)]
    [InlineData(1e300)]
    public void The_scale_of_the_matrix_does_not_matter(double scale)
    {
        Matrix random = SymmetricMatrices.Random(20, seed: 4);
        Matrix matrix = SymmetricMatrices.Of(20, (i, j) => scale * random[i, j]);
        Eigenpairs pairs = SymmetricEigenvectors.Compute(matrix, ^2.., SymmetricMatrices.Threads);
        EigenvectorReport report = EigenvectorReport.Of(matrix, pairs, [new("all", 0, 20)], matrix.Row(0), SymmetricMatrices.Threads)[1];
        Assert.InRange(report.Residual / report.Eigenvalue, 0, 20 * Spectrum.DoubleRoundoff);
        Assert.Equal(1, report.Shares[0], 20 * Spectrum.DoubleRoundoff);
        Assert.InRange(report.GradientOverlap!.Value, 1e-3, 1);
    }

    [Fact]
    public void What_does_not_belong_together_is_refused()
    {
        Matrix matrix = SymmetricMatrices.Diagonal(1, 2);
        Eigenpairs pairs = SymmetricEigenvectors.Compute(matrix, .., SymmetricMatrices.Threads);
        Assert.Equal(
            "The group 'b' has 2 coordinates from 1 on, but the matrix has order 2: give the groups of the network that the matrix belongs to.",
            Assert.Throws<MatrixException>(() => EigenvectorReport.Of(matrix, pairs, Groups, [], SymmetricMatrices.Threads)).Message);
        Assert.Throws<MatrixException>(() => EigenvectorReport.Of(matrix, pairs, [], [1, 2, 3], SymmetricMatrices.Threads));
        Assert.Throws<MatrixException>(() => EigenvectorReport.Of(SymmetricMatrices.Diagonal(1, 2, 3), pairs, [], [], SymmetricMatrices.Threads));
    }

    private static ImmutableArray<EigenvectorReport> Of(Matrix matrix, double[] gradient) =>
        EigenvectorReport.Of(matrix, SymmetricEigenvectors.Compute(matrix, .., SymmetricMatrices.Threads), Groups, gradient, SymmetricMatrices.Threads);

    private static void AssertShares(double[] expected, EigenvectorReport report) =>
        Assert.Equal(expected, report.Shares, (e, a) => Math.Abs(e - a) < 1e-14);
}
