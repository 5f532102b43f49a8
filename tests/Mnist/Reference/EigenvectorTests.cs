using System.Collections.Immutable;
using BasinVolume.Autodiff;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Curvature;
using BasinVolume.Curvature.Dense;
using BasinVolume.Curvature.Groups;
using BasinVolume.Curvature.Structure;
using BasinVolume.Data.Subsets;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Host;

namespace BasinVolume.Mnist.Tests.Reference;

/// <summary>Eigenvectors and structural zeros of the notebook's Hessian at PyTorch's weights.</summary>
public sealed class EigenvectorTests : IDisposable
{
    private const double Roundoff = Spectrum.DoubleRoundoff;

    private readonly HostDevice _device = new(2);

    public void Dispose() => _device.Dispose();

    // Numbers of zeros as found from PyTorch's Hessian, where zero is |λ| < 1e-10. The softmax shift has 169 features and a bias: 170 zeros.
    [Theory]
    [InlineData("plain", 232)]
    [InlineData("l2", 208)]
    public void Without_the_softmax_shift_1540_eigenvalues_and_all_others_are_left(string model, int zeros)
    {
        Hessian hessian = Compute(model);
        var shift = ShiftInvariance.OfClasses("softmax shift of fc2", 10, (10, 169), (1700, 1));
        var reduction = StructuralReduction.Of(hessian.Matrix, [shift], Roundoff, _device.Threads);
        Assert.Equal((1540, 170), (reduction.Matrix.Rows, reduction.Groups[0].Count));
        Spectrum spectrum = reduction.Spectrum(SymmetricEigenvalues.Compute(reduction.Matrix, _device.Threads), new(Roundoff));
        double[] expected = PyTorch.Numbers(model + "_eigenvalues");
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], spectrum.Eigenvalues[i], 1e-12 * expected[^1]);
        Assert.Equal(zeros, spectrum.Eigenvalues.Count(value => Math.Abs(value) < 1e-10));
        Assert.Equal(10, spectrum.Inertia.Negative);
        Assert.Equal(spectrum.Inertia.Zero - 170, reduction.NumericalZeros(spectrum));
        // Far above all eigenvalues the slope is their number.
        Assert.Equal(1710, DampingCurve.Of(spectrum, [1e8]).Points[0].Slope!.Value, 1e-3);
    }

    [Fact]
    public void All_eigenvectors_are_orthogonal_and_true_although_hundreds_of_eigenvalues_are_zero()
    {
        Hessian hessian = Compute("l2");
        Eigenpairs pairs = SymmetricEigenvectors.Compute(hessian.Matrix, .., _device.Threads);
        double[] expected = PyTorch.Numbers("l2_eigenvalues");
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], pairs.Eigenvalues[i], 1e-12 * expected[^1]);

        ImmutableArray<ParameterGroup> groups =
            [.. PyTorch.Network.Parameters.Select(parameter => new ParameterGroup(parameter.Name, parameter.Offset, parameter.Shape.Size))];
        ImmutableArray<EigenvectorReport> reports = EigenvectorReport.Of(hessian.Matrix, pairs, groups, hessian.Gradient, _device.Threads);
        Assert.All(reports, report => Assert.InRange(report.Residual, 0, 10 * 1710 * Roundoff * expected[^1]));
        Assert.All(reports, report => Assert.Equal(1, report.Shares.Sum(), 10 * 1710 * Roundoff));
        // The vectors are a basis: the squared cosines with any direction sum to 1.
        Assert.Equal(1, reports.Sum(report => report.GradientOverlap!.Value * report.GradientOverlap!.Value), 10 * 1710 * Roundoff);
        AssertOrthogonal(pairs.Vectors);
    }

    private void AssertOrthogonal(Matrix vectors)
    {
        var gram = new Matrix(vectors.Rows, vectors.Rows);
        var rows = MatrixBatch<double>.RowMajor(HostKernels.Over(vectors.Values), vectors.Rows, vectors.Columns);
        _device.Kernels<double>().MatrixProduct(
            1, rows, rows.Transpose(), MatrixBatch<double>.RowMajor(HostKernels.Over(gram.Values), vectors.Rows, vectors.Rows), false);
        double worst = 0;
        for (int i = 0; i < gram.Rows; i++)
            for (int j = 0; j < gram.Rows; j++)
                worst = Math.Max(worst, Math.Abs(gram[i, j] - (i == j ? 1 : 0)));
        Assert.InRange(worst, 0, 10 * 1710 * Roundoff);
    }

    private Hessian Compute(string model)
    {
        using var plan = new Plan<double>(PyTorch.Network, _device);
        plan.SetParameters(PyTorch.Weights(model + "_trained"));
        return Hessian.Compute(plan, PyTorch.Samples(Weighting.SampleMean));
    }
}
