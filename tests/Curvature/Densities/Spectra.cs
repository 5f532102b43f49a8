using System.Collections.Immutable;
using BasinVolume.Curvature.Densities;
using BasinVolume.Curvature.Lanczos;
using BasinVolume.Curvature.Maps;
using BasinVolume.Curvature.Subspaces;
using BasinVolume.Kernels;

namespace BasinVolume.Curvature.Tests.Densities;

/// <summary>diag(λ) as a map: directions drawn from all alike see no difference to a dense matrix with that spectrum, and its products cost nothing.</summary>
internal sealed class DiagonalMap(double[] eigenvalues) : ILinearMap
{
    public int Order => eigenvalues.Length;

    public void Multiply(Matrix directions, Matrix products, CancellationToken cancellation = default)
    {
        for (int v = 0; v < directions.Rows; v++)
        {
            cancellation.ThrowIfCancellationRequested();
            for (int i = 0; i < eigenvalues.Length; i++)
                products[v, i] = eigenvalues[i] * directions[v, i];
        }
    }
}

/// <summary>Spectra, pairs and known zeros for tests of what probes tell.</summary>
internal static class Spectra
{
    /// <summary>
    /// n = 1,710: eleven outliers from 0.7 to 10, a bulk 0.3 i^−1.2, ten negative ones down to −0.13, 360 zeros. Ascending, with the zeros between.
    /// </summary>
    public static double[] LikeAHessian { get; } =
    [
        .. Enumerable.Range(0, 11).Select(i => 0.7 * Math.Pow(10 / 0.7, i / 10.0))
            .Concat(Enumerable.Range(1, 1710 - 11 - 10 - 360).Select(i => 0.3 * Math.Pow(i, -1.2)))
            .Concat(Enumerable.Range(0, 10).Select(i => -0.13 * Math.Pow(0.6, i)))
            .Concat(new double[360]).Order(),
    ];

    public static ProbeQuadratures Probe(
        double[] eigenvalues, ProbeOptions options, RitzPairs? deflated = null, ISubspace? without = null)
        => ProbeQuadratures.Of(
            new DiagonalMap(eigenvalues), deflated, without, options, SymmetricMatrices.Threads, cancellation: TestContext.Current.CancellationToken);

    /// <summary>Pairs of a diagonal matrix with ascending elements whose vectors are off by a given angle, towards all other coordinates alike.</summary>
    public static RitzPairs Pairs(double[] eigenvalues, int smallest, int largest, double angle)
    {
        int n = eigenvalues.Length;
        int[] taken = [.. Enumerable.Range(0, smallest).Concat(Enumerable.Range(n - largest, largest))];
        var random = new Random(5);
        var vectors = new Matrix(taken.Length, n);
        for (int k = 0; k < taken.Length; k++)
        {
            for (int i = 0; i < n; i++)
                vectors[k, i] = (i == taken[k] ? 1 : 0) + (angle / Math.Sqrt(n) * (random.NextDouble() - 0.5) * Math.Sqrt(12));
            for (int before = 0; before < k; before++)
                Add(vectors.Row(k), -Dot(vectors.Row(before), vectors.Row(k)), vectors.Row(before));
            double norm = Math.Sqrt(Dot(vectors.Row(k), vectors.Row(k)));
            for (int i = 0; i < n; i++)
                vectors[k, i] /= norm;
        }

        ImmutableArray<RitzPair> pairs =
        [
            .. Enumerable.Range(0, taken.Length).Select(k =>
            {
                double[] q = vectors.Row(k).ToArray();
                double theta = q.Select((x, i) => x * x * eigenvalues[i]).Sum();
                double residual = Math.Sqrt(q.Select((x, i) => Math.Pow((eigenvalues[i] - theta) * x, 2)).Sum());
                return new RitzPair(theta, residual, new(theta - residual, theta + residual), true);
            }),
        ];
        return new(pairs, vectors, smallest, 0, 0, null);
    }

    /// <summary>The coordinates in which a diagonal matrix is zero.</summary>
    public static ISubspace Zeros(double[] eigenvalues) => new Coordinates([.. Enumerable.Range(0, eigenvalues.Length).Where(i => eigenvalues[i] == 0)]);

    private static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
            sum += x[i] * y[i];
        return sum;
    }

    private static void Add(Span<double> target, double a, ReadOnlySpan<double> x)
    {
        for (int i = 0; i < target.Length; i++)
            target[i] += a * x[i];
    }

    private sealed class Coordinates(int[] coordinates) : ISubspace
    {
        public int Dimension => coordinates.Length;

        public void RemoveFrom(Matrix vectors)
        {
            for (int row = 0; row < vectors.Rows; row++)
            {
                foreach (int i in coordinates)
                    vectors[row, i] = 0;
            }
        }
    }
}
