using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Sweeps;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Threads;

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
            foreach (Func<int, int> first in (Func<int, int>[])[i => i, i => i / 40 * 40, i => Math.Max(0, i - 3), _ => 0])
                Check(n, i => new(first(i), first(i)));
        }
    }

    // A tensor from row 10 to row 90 whose square somebody else computes, as rows 20 to 60 of a smaller one.
    [Fact]
    public void What_lies_between_the_two_parts_of_a_row_is_left_alone()
    {
        Check(101, i => i is >= 10 and < 90 ? new(10, 90) : new(i, i));
        Check(64, i => i is >= 20 and < 60 ? new(20, 60) : new(i / 20 * 20, i / 20 * 20));
    }

    // Packed triangles have the bits of what is made whole, and those of the sums that wait.
    [Fact]
    public void A_packed_triangle_is_what_the_whole_matrix_has_and_becomes_it()
    {
        foreach (int n in (int[])[1, 3, 31, 32, 33, 64, 70, 101])
        {
            foreach (Func<int, int> first in (Func<int, int>[])[i => i, i => i / 40 * 40, i => Math.Max(0, i - 3), _ => 0])
                CheckPacked(n, i => new(first(i), first(i)), (_, _) => true);
        }

        // The square of rows 20 to 59 is somebody else's.
        CheckPacked(70, i => i is >= 20 and < 60 ? new(20, 60) : new(i / 20 * 20, i / 20 * 20), (i, j) => i is < 20 or >= 60 || j is < 20 or >= 60);
    }

    [Fact]
    public void The_largest_element_of_a_packed_triangle_is_found()
    {
        foreach (int n in (int[])[1, 31, 33, 70])
        {
            double[] packed = Packed(n, 3);
            Assert.Equal(packed.Max(Math.Abs), Triangle.Unpack(packed, new Matrix(n, n), _threads));
            packed[^1] = double.NaN;
            Assert.False(double.IsFinite(Triangle.Unpack(packed, new Matrix(n, n), _threads)));
        }
    }

    [Fact]
    public void A_matrix_to_compute_in_is_zero_where_rows_are_added_to()
    {
        RowExtent[] rows = [.. Enumerable.Range(0, 70).Select(i => new RowExtent(0, i / 40 * 40))];
        Matrix matrix = Random(70);
        Triangle.Clear(matrix, rows, _threads);
        for (int i = 0; i < 70; i++)
            Assert.All(matrix.Row(i)[rows[i].Added..].ToArray(), value => Assert.Equal(0, value));
    }

    [Fact]
    public void The_largest_element_of_what_was_added_to_is_found()
    {
        foreach (int n in (int[])[1, 31, 33, 70])
        {
            Matrix matrix = Random(n);
            Assert.Equal(Enumerable.Range(0, n).Max(i => LargestFrom(matrix, i, i)), Triangle.Largest(matrix, Diagonal(n), _threads));
        }

        // Rows 10 to 49 are added to from column 50 on.
        RowExtent[] rows = [.. Enumerable.Range(0, 70).Select(i => i is >= 10 and < 50 ? new RowExtent(10, 50) : new(i, i))];
        Matrix large = Random(70);
        Assert.Equal(Enumerable.Range(0, 70).Max(i => LargestFrom(large, i, Math.Max(i, rows[i].Added))), Triangle.Largest(large, rows, _threads));
    }

    [Fact]
    public void An_element_that_is_not_finite_is_named()
    {
        foreach ((int i, int j) in ((int, int)[])[(0, 0), (2, 69), (40, 41), (69, 69), (31, 32)])
        {
            foreach (double value in (double[])[double.NaN, double.NegativeInfinity])
            {
                var matrix = new Matrix(70, 70);
                matrix[i, j] = value;
                double largest = Triangle.Largest(matrix, Diagonal(70), _threads);
                NumericalException error = Assert.Throws<NumericalException>(() => Triangle.CheckFinite(matrix, largest));
                Assert.Contains(FormattableString.Invariant($"({i}, {j}) of the Hessian is {value}"), error.Message, StringComparison.Ordinal);
            }
        }

        Triangle.CheckFinite(new Matrix(3, 3), 0);
    }

    private static RowExtent[] Diagonal(int n) => [.. Enumerable.Range(0, n).Select(i => new RowExtent(i, i))];

    private static double LargestFrom(Matrix matrix, int row, int column)
        => Enumerable.Range(column, matrix.Columns - column).Select(j => Math.Abs(matrix[row, j])).DefaultIfEmpty(0).Max();

    private void Check(int n, Func<int, RowExtent> extent)
    {
        RowExtent[] rows = [.. Enumerable.Range(0, n).Select(extent)];
        Matrix before = Random(n), after = before.Clone();
        double expectedDifference = 0, difference = Triangle.Symmetrise(after, rows, WaitingSums.None, _threads);
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                bool added = j >= rows[i].Added, mirrored = j < rows[i].Mirrored;
                double upper = before[j, i], lower = mirrored ? upper : before[i, j];
                expectedDifference = added ? Math.Max(expectedDifference, Math.Abs(lower - upper)) : expectedDifference;
                Assert.Equal(added ? 0.5 * (lower + upper) : lower, after[i, j]);
                Assert.Equal(added ? after[i, j] : upper, after[j, i]);
            }
        }

        Assert.Equal(expectedDifference, difference);
    }

    private void CheckPacked(int n, Func<int, RowExtent> extent, Func<int, int, bool> ours)
    {
        RowExtent[] rows = [.. Enumerable.Range(0, n).Select(extent)];
        Matrix raw = Random(n), whole = raw.Clone(), withOthers = raw.Clone(), unpacked = new(n, n);
        double difference = Triangle.Symmetrise(whole, rows, WaitingSums.None, _threads);
        double[] packed = new double[PackedTriangle.Length(n)], near = Packed(n, 1), far = Packed(n, 2);
        Assert.Equal(difference, Triangle.Pack(raw.Clone(), rows, packed, accumulate: false, _threads));
        Triangle.Unpack(packed, unpacked, _threads);
        double[] added = [.. near];
        Assert.Equal(difference, Triangle.Pack(raw.Clone(), rows, added, accumulate: true, _threads));
        Assert.Equal(difference, Triangle.Symmetrise(withOthers, rows, new(n, [near, far]), _threads));
        int next = 0;
        for (int i = 0; i < n; i++)
        {
            for (int j = i; j < n; j++, next++)
            {
                Assert.Equal(next, PackedTriangle.Place(n, i, j));
                double expected = whole[i, j];
                Assert.Equal(expected, packed[next]);
                Assert.Equal((expected, expected), (unpacked[i, j], unpacked[j, i]));
                Assert.Equal(near[next] + expected, added[next]);
                double sum = ours(i, j) ? far[next] + (near[next] + expected) : expected;
                Assert.Equal((sum, ours(i, j) ? sum : whole[j, i]), (withOthers[i, j], withOthers[j, i]));
            }
        }
    }

    private static double[] Packed(int n, int seed) => ArraySamples.Normals(new Random(seed), PackedTriangle.Length(n));

    private static Matrix Random(int n)
    {
        var random = new Random(1);
        var matrix = new Matrix(n, n);
        for (int i = 0; i < matrix.Values.Length; i++)
            matrix.Values[i] = random.NextDouble() - 0.5;
        return matrix;
    }
}
