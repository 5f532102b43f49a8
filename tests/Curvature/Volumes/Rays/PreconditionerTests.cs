using BasinVolume.Curvature.Volumes;
using BasinVolume.Curvature.Volumes.Rays;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Curvature.Tests.Volumes.Rays;

public class PreconditionerTests
{
    private static readonly double[] Eigenvalues = [-0.5, 0.1, 1, 2, 3.5, 8, 9, 11, 12, 13, 40];

    [Fact]
    public void The_inverse_root_ends_in_the_coordinates_of_the_parameters()
    {
        // Column k of P from P e_k; then P (|H| + μ) P must be the identity times a constant, which V diag alone would not give.
        Eigenpairs pairs = Decomposition();
        int n = Eigenvalues.Length;
        Matrix p = SymmetricMatrices.Of(n, (i, j) => i == j ? 1 : 0);
        new InverseRootPreconditioner(pairs, regularisation: 0.3).Apply(p, SymmetricMatrices.Threads);
        double product = Eigenvalues.Aggregate(1.0, (x, h) => x * (Math.Abs(h) + 0.3));
        Matrix regular = Sum(k => Math.Abs(Eigenvalues[k]) + 0.3);
        Matrix result = Times(Times(p, regular), p);
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                Assert.Equal(p[i, j], p[j, i], 1e-13);
                Assert.Equal(i == j ? Math.Pow(product, 1.0 / n) : 0, result[i, j], 1e-12);
            }
        }

        Matrix Sum(Func<int, double> value) => SymmetricMatrices.Of(
            n, (i, j) => Enumerable.Range(0, n).Sum(k => pairs.Vectors[k, i] * value(k) * pairs.Vectors[k, j]));
        static Matrix Times(Matrix a, Matrix b) => SymmetricMatrices.Of(a.Rows, (i, j) => Enumerable.Range(0, a.Rows).Sum(k => a[i, k] * b[k, j]));
    }

    [Fact]
    public void A_rays_bits_do_not_depend_on_its_company()
    {
        Eigenpairs pairs = Decomposition();
        var preconditioner = new InverseRootPreconditioner(pairs, regularisation: 1);
        var random = new Random(5);
        var many = new Matrix(21, Eigenvalues.Length, [.. Enumerable.Range(0, 21 * Eigenvalues.Length).Select(_ => random.NextDouble())]);
        var alone = new Matrix(1, Eigenvalues.Length, many.Row(19).ToArray());
        preconditioner.Apply(many, SymmetricMatrices.Threads);
        using var one = new HostThreads(1);
        preconditioner.Apply(alone, one);
        Assert.Equal(alone.Values, many.Row(19).ToArray());
    }

    [Fact]
    public void A_diagonal_is_scaled_to_determinant_1()
    {
        // 1, 2, 4 have the geometric mean 2.
        var rays = new Matrix(1, 3, [1, 1, 3]);
        new DiagonalPreconditioner([1, 2, 4]).Apply(rays, SymmetricMatrices.Threads);
        Assert.Equal(0.5, rays[0, 0], 1e-15);
        Assert.Equal(1, rays[0, 1], 1e-15);
        Assert.Equal(6, rays[0, 2], 1e-14);
    }

    [Fact]
    public void What_has_no_inverse_root_is_refused()
    {
        Assert.Equal(
            "The volume's regularised curvature |h| + μ is 0 where a finite number above 0 is expected: choose another value.",
            Assert.Throws<VolumeParameterException>(() => new InverseRootPreconditioner(new([0, 1], 0, SymmetricMatrices.Diagonal(1, 1)), 0)).Message);
        Assert.Throws<VolumeParameterException>(() => new InverseRootPreconditioner(new([0, 1], 0, SymmetricMatrices.Diagonal(1, 1)), -1));
        Assert.Throws<MatrixException>(() => new InverseRootPreconditioner(new([1, 1], 0, SymmetricMatrices.Diagonal(1)), 0));
        Assert.Throws<VolumeParameterException>(() => new DiagonalPreconditioner([1, 0]));
    }

    private static Eigenpairs Decomposition() => RayExamples.Decompose(SymmetricMatrices.WithSpectrum(Eigenvalues, seed: 4));
}
