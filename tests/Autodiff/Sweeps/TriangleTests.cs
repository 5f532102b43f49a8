using BasinVolume.Autodiff.Sweeps;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Host;

namespace BasinVolume.Autodiff.Tests.Sweeps;

/// <summary>How what was computed of a symmetric matrix becomes all of it.</summary>
public sealed class TriangleTests : IDisposable
{
    private readonly HostThreads _threads = new(2);

    public void Dispose() => _threads.Dispose();

    // Orders around those of blocks; rows computed from the diagonal on, from a tensor's first column on, and from the first one on.
    [Fact]
    public void Both_triangles_become_the_average_of_what_was_computed()
    {
        foreach (int n in (int[])[1, 3, 31, 32, 33, 64, 70, 101])
        {
            foreach (Func<int, int> firstComputed in (Func<int, int>[])[i => i, i => i / 40 * 40, i => Math.Max(0, i - 3), _ => 0])
                Check(n, [.. Enumerable.Range(0, n).Select(firstComputed)]);
        }
    }

    [Fact]
    public void A_matrix_to_compute_in_is_zero_where_rows_are_computed()
    {
        int[] firstComputed = [.. Enumerable.Range(0, 70).Select(i => i / 40 * 40)];
        Matrix matrix = Triangle.Zeros(firstComputed, _threads);
        Assert.Equal((70, 70), (matrix.Rows, matrix.Columns));
        for (int i = 0; i < 70; i++)
            Assert.All(matrix.Row(i)[firstComputed[i]..].ToArray(), value => Assert.Equal(0, value));
    }

    [Fact]
    public void An_element_that_is_not_finite_is_named()
    {
        int[] fromDiagonal = [.. Enumerable.Range(0, 70)];
        foreach ((int i, int j) in ((int, int)[])[(0, 0), (2, 69), (40, 41), (69, 69), (31, 32)])
        {
            foreach (double value in (double[])[double.NaN, double.NegativeInfinity])
            {
                var matrix = new Matrix(70, 70);
                matrix[i, j] = value;
                NumericalException error = Assert.Throws<NumericalException>(() => Triangle.SymmetriseFinite(matrix, fromDiagonal, _threads));
                Assert.Contains(FormattableString.Invariant($"({i}, {j}) of the Hessian is {value}"), error.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Blocks_that_are_symmetric_in_themselves_are_mirrored_inside()
    {
        foreach (int size in (int[])[1, 5, 32, 39, 70])
        {
            const int Offset = 3, Blocks = 3;
            Matrix before = Random((Blocks * size) + 5), after = before.Clone();
            var mirror = new MirrorBlocks(after, Offset, size, Blocks);
            _threads.Run(mirror.Parts, mirror);
            for (int i = 0; i < before.Rows; i++)
            {
                for (int j = 0; j < before.Columns; j++)
                {
                    (int row, int column) = (i - Offset, j - Offset);
                    bool inside = Math.Min(row, column) >= 0 && Math.Max(row, column) < Blocks * size;
                    bool mirrored = inside && row / size < column / size && column % size < row % size;
                    double expected = mirrored ? before[Offset + (row / size * size) + (column % size), Offset + (column / size * size) + (row % size)] : before[i, j];
                    Assert.Equal(expected, after[i, j]);
                }
            }
        }
    }

    private void Check(int n, int[] firstComputed)
    {
        Matrix before = Random(n), after = before.Clone();
        (double largest, double difference) = Triangle.Symmetrise(after, firstComputed, _threads);
        double expectedLargest = 0, expectedDifference = 0;
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double upper = before[j, i], lower = firstComputed[i] <= j ? before[i, j] : upper;
                expectedLargest = Math.Max(expectedLargest, Math.Max(Math.Abs(upper), Math.Abs(lower)));
                expectedDifference = Math.Max(expectedDifference, Math.Abs(lower - upper));
                Assert.Equal(0.5 * (lower + upper), after[i, j]);
                Assert.Equal(after[i, j], after[j, i]);
            }
        }

        Assert.Equal((expectedLargest, expectedDifference), (largest, difference));
    }

    private static Matrix Random(int n)
    {
        var random = new Random(1);
        var matrix = new Matrix(n, n);
        for (int i = 0; i < matrix.Values.Length; i++)
            matrix.Values[i] = random.NextDouble() - 0.5;
        return matrix;
    }
}
