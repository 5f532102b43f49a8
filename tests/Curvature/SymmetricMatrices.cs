using BasinVolume.Curvature.Dense;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Curvature.Tests;

/// <summary>Matrices with known properties, and a team to compute with.</summary>
internal static class SymmetricMatrices
{
    public static HostThreads Threads { get; } = new(2);

    public static double[] Eigenvalues(Matrix matrix) => SymmetricEigenvalues.Compute(matrix, Threads, cancellation: TestContext.Current.CancellationToken);

    public static Matrix Of(int order, Func<int, int, double> element)
    {
        var matrix = new Matrix(order, order);
        for (int i = 0; i < order; i++)
            for (int j = 0; j < order; j++)
                matrix[i, j] = element(i, j);
        return matrix;
    }

    public static Matrix Diagonal(params double[] diagonal) => Of(diagonal.Length, (i, j) => i == j ? diagonal[i] : 0);

    public static Matrix Random(int order, int seed)
    {
        var random = new Random(seed);
        var matrix = new Matrix(order, order);
        for (int i = 0; i < order; i++)
            for (int j = i; j < order; j++)
                matrix[i, j] = matrix[j, i] = random.NextDouble() - 0.5;
        return matrix;
    }

    /// <summary>Q diag(eigenvalues) Qᵀ, where Q is a product of reflections in random directions: dense, with these eigenvalues.</summary>
    public static Matrix WithSpectrum(double[] eigenvalues, int seed)
    {
        const int Reflections = 8;
        var random = new Random(seed);
        Matrix matrix = Diagonal(eigenvalues);
        for (int k = 0; k < Reflections; k++)
            Reflect(matrix, [.. eigenvalues.Select(_ => random.NextDouble() - 0.5)]);
        return Of(eigenvalues.Length, (i, j) => (matrix[i, j] + matrix[j, i]) / 2);
    }

    /// <summary>A ← P A P with P = I − 2 u uᵀ/|u|²: A − u wᵀ − w uᵀ with w = t − (uᵀt/|u|²) u, t = 2 A u/|u|².</summary>
    private static void Reflect(Matrix a, double[] u)
    {
        int n = u.Length;
        double square = u.Sum(x => x * x);
        double[] w = new double[n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
                w[i] += 2 / square * a[i, j] * u[j];
        }

        double along = 0;
        for (int i = 0; i < n; i++)
            along += w[i] * u[i] / square;
        for (int i = 0; i < n; i++)
            w[i] -= along * u[i];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
                a[i, j] -= (u[i] * w[j]) + (w[i] * u[j]);
        }
    }
}
