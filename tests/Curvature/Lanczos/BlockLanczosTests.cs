using BasinVolume.Curvature.Lanczos;
using BasinVolume.Curvature.Maps;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Curvature.Tests.Lanczos;

public sealed class BlockLanczosTests
{
    private static readonly HostThreads Threads = SymmetricMatrices.Threads;

    public static TheoryData<string> Kinds => [.. MatrixKinds.All.Select(kind => kind.Name)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_interval_of_a_hard_matrix_contains_its_eigenvalue(string name)
    {
        MatrixKind kind = MatrixKinds.All.Single(k => k.Name == name);
        Matrix matrix = kind.Matrix();
        RitzPairs pairs = Of(matrix, new(Largest: 6, Smallest: 5, Tolerance: 1e-9));
        Check(matrix, pairs, 6, 5);
        Assert.True(pairs.Reason is null, pairs.Reason);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Every_interval_of_random_matrices_contains_its_eigenvalue(int kind)
    {
        for (int seed = 0; seed < 40; seed++)
        {
            Matrix matrix = Random(kind, seed);
            var random = new Random(seed);
            (int largest, int smallest) = (random.Next(0, 12), random.Next(1, 12));
            RitzPairs pairs = Of(matrix, new(largest, smallest, Tolerance: Math.Pow(10, -random.Next(3, 11)), Width: random.Next(8, 17), Seed: (ulong)seed));
            Check(matrix, pairs, largest, smallest);
            Assert.True(pairs.Reason is null, pairs.Reason);
        }
    }

    private static Matrix Random(int kind, int seed)
    {
        var random = new Random(1000 + (100 * kind) + seed);
        int order = random.Next(1, 90);
        if (kind == 0)
            return SymmetricMatrices.Random(order, seed);
        double[] eigenvalues = [.. Enumerable.Range(0, order).Select(i => kind switch
        {
            1 => 1 + random.NextDouble(),
            2 => i < 5 ? random.NextDouble() - 0.3 : 0,
            3 => (i / 7) + (1e-9 * random.NextDouble()),
            4 => Math.Pow(10, -5 * random.NextDouble()) * (random.NextDouble() < 0.2 ? -0.1 : 1),
            _ => i / 5,
        })];
        return SymmetricMatrices.WithSpectrum(eigenvalues, seed);
    }

    private static RitzPairs Of(Matrix matrix, EndsWanted wanted)
        => BlockLanczos.Of(new MatrixMap(matrix), wanted, null, Threads, cancellation: TestContext.Current.CancellationToken);

    // Against the dense solve, which is right to about n 2⁻⁵²‖A‖ itself.
    private static void Check(Matrix matrix, RitzPairs pairs, int largest, int smallest)
    {
        double[] dense = SymmetricMatrices.Eigenvalues(matrix);
        int count = Math.Min(dense.Length, largest + smallest);
        Assert.Equal(count, pairs.Pairs.Length);
        Assert.Equal(count, pairs.Vectors.Rows);
        double exact = dense.Length * Spectrum.DoubleRoundoff * Math.Max(Math.Abs(dense[0]), Math.Abs(dense[^1]));
        for (int i = 0; i < count; i++)
        {
            RitzPair pair = pairs.Pairs[i];
            double expected = i < pairs.FromBelow ? dense[i] : dense[dense.Length - count + i];
            Assert.True(
                expected >= pair.Interval.Low - exact && expected <= pair.Interval.High + exact,
                $"pair {i} of {count}: {pair} where {expected:g17} is expected; {pairs.Reason}; {pairs.Products} products, order {dense.Length}");
            Assert.Equal(Residual(matrix, pairs.Vectors.Row(i), pair.Value), pair.Residual, 10 * exact);
        }
    }

    private static double Residual(Matrix matrix, ReadOnlySpan<double> vector, double value)
    {
        double[] product = new MatrixMap(matrix).Times(vector.ToArray());
        double largest = 0, sum = 0;
        for (int i = 0; i < product.Length; i++)
            largest = Math.Max(largest, Math.Abs(product[i] -= value * vector[i]));
        for (int i = 0; i < product.Length && largest > 0; i++)
            sum += product[i] / largest * (product[i] / largest);
        return largest * Math.Sqrt(sum);
    }
}
