using BasinVolume.Autodiff.Sweeps;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Autodiff.Tests.Sweeps;

/// <summary>How Gram matrices get into their blocks of a square, and how the square is completed.</summary>
public sealed class GramSquareTests : IDisposable
{
    // The square begins at row 3 of a matrix that goes on behind it, and has 3 x 3 blocks.
    private const int Offset = 3;
    private const int Across = 3;

    private static readonly (int Row, int Column)[] Places = [(0, 0), (0, 1), (0, 2), (1, 1), (1, 2), (2, 2)];

    // Sizes around those of a part's rows and of the squares that are transposed in registers.
    private static readonly int[] Sizes = [1, 3, 4, 5, 31, 32, 33, 39, 70];

    private static IEnumerable<(int Size, bool Accumulate)> Cases => Sizes.SelectMany(size => (bool[])[false, true], (size, accumulate) => (size, accumulate));

    private readonly HostThreads _threads = new(2);

    public void Dispose() => _threads.Dispose();

    [Fact]
    public void Upper_triangles_are_put_or_added_and_nothing_else_is_touched()
    {
        foreach ((int size, bool accumulate) in Cases)
        {
            double[] grams = Random(Places.Length * size * size);
            Matrix before = RandomMatrix(size), after = before.Clone();
            new GramSquare<double>(after, Offset, size, Places, grams, accumulate).PutUpper(_threads);
            for (int i = 0; i < before.Rows; i++)
            {
                for (int j = 0; j < before.Columns; j++)
                    Assert.Equal(Upper(before, grams, size, accumulate, i, j) ?? before[i, j], after[i, j]);
            }
        }
    }

    [Fact]
    public void A_square_of_blocks_that_are_symmetric_in_themselves_is_completed()
    {
        foreach ((int size, bool accumulate) in Cases)
        {
            double[] grams = Random(Places.Length * size * size);
            Matrix before = RandomMatrix(size), after = before.Clone();
            double largest = Complete(after, grams, size, accumulate), expectedLargest = 0;
            for (int i = 0; i < before.Rows; i++)
            {
                for (int j = 0; j < before.Columns; j++)
                {
                    (int row, int column) = InUpper(size, i, j);
                    double? expected = Upper(before, grams, size, accumulate, row, column);
                    Assert.Equal(expected ?? before[i, j], after[i, j]);
                    expectedLargest = Math.Max(expectedLargest, Math.Abs(expected ?? 0));
                }
            }

            Assert.Equal(expectedLargest, largest);
        }
    }

    // The lower triangle of a block on the diagonal lies below the square's, and so does a block across it: both are left alone.
    [Fact]
    public void The_upper_triangle_of_a_square_is_completed_and_nothing_below_it_is_touched()
    {
        foreach ((int size, bool accumulate) in Cases)
        {
            double[] grams = Random(Places.Length * size * size);
            Matrix before = RandomMatrix(size), after = before.Clone();
            new GramSquare<double>(after, Offset, size, Places, grams, accumulate).PutTriangle(_threads);
            for (int i = 0; i < before.Rows; i++)
            {
                for (int j = 0; j < before.Columns; j++)
                {
                    (int row, int column) = i <= j ? InUpper(size, i, j) : (i, j);
                    Assert.Equal(i <= j ? Upper(before, grams, size, accumulate, row, column) ?? before[i, j] : before[i, j], after[i, j]);
                }
            }
        }
    }

    // The sums have blocks that are symmetric in themselves too.
    [Fact]
    public void Sums_that_wait_are_added_to_a_square_the_nearest_first()
    {
        foreach ((int size, bool accumulate) in Cases)
        {
            double[] grams = Random(Places.Length * size * size);
            Matrix before = RandomMatrix(size), after = before.Clone();
            double[][] sums = [Symmetric(after.Rows, size, 1), Symmetric(after.Rows, size, 2)];
            var square = new GramSquare<double>(after, Offset, size, Places, grams, accumulate);
            double largest = square.Complete(new(after.Rows, sums), _threads), expectedLargest = 0;
            for (int i = Offset; i < Offset + (Across * size); i++)
            {
                for (int j = Offset; j < Offset + (Across * size); j++)
                {
                    (int row, int column) = InUpper(size, i, j);
                    int place = PackedTriangle.Place(after.Rows, row, column);
                    double expected = sums[1][place] + (sums[0][place] + Upper(before, grams, size, accumulate, row, column)!.Value);
                    Assert.Equal(expected, after[i, j]);
                    expectedLargest = Math.Max(expectedLargest, Math.Abs(expected));
                }
            }

            Assert.Equal(expectedLargest, largest);
        }
    }

    [Fact]
    public void An_element_of_a_square_that_is_not_finite_is_told()
    {
        const int Size = 40;
        foreach (double value in (double[])[double.NaN, double.PositiveInfinity])
        {
            double[] grams = Random(Places.Length * Size * Size);
            grams[(Size * Size) + (3 * Size) + 20] = value; // block (0, 1), row 3 and column 20 in it
            Assert.False(double.IsFinite(Complete(RandomMatrix(Size), grams, Size, false)));
        }
    }

    private double Complete(Matrix matrix, double[] grams, int size, bool accumulate)
        => new GramSquare<double>(matrix, Offset, size, Places, grams, accumulate).Complete(WaitingSums.None, _threads);

    // Where the same number stands on or above the diagonal of a block on or above the square's; elements outside the square stay where they are.
    private static (int Row, int Column) InUpper(int size, int i, int j)
    {
        (int row, int column) = (i - Offset, j - Offset);
        if (Math.Min(row, column) < 0 || Math.Max(row, column) >= Across * size)
            return (i, j);
        (int upper, int right) = (Math.Min(row / size, column / size), Math.Max(row / size, column / size));
        (int first, int second) = (Math.Min(row % size, column % size), Math.Max(row % size, column % size));
        return (Offset + (upper * size) + first, Offset + (right * size) + second);
    }

    // What belongs at (i, j), if that is on or above the diagonal of a block on or above the square's.
    private static double? Upper(Matrix before, double[] grams, int size, bool accumulate, int i, int j)
    {
        (int row, int column) = (i - Offset, j - Offset);
        if (Math.Min(row, column) < 0 || Math.Max(row, column) >= Across * size || row / size > column / size || row % size > column % size)
            return null;
        int block = Array.IndexOf(Places, (row / size, column / size));
        double gram = grams[(((block * size) + (row % size)) * size) + (column % size)];
        return accumulate ? before[i, j] + gram : gram;
    }

    private static double[] Symmetric(int n, int size, int seed)
    {
        double[] packed = ArraySamples.Normals(new Random(seed), PackedTriangle.Length(n));
        for (int i = 0; i < n; i++)
        {
            for (int j = i; j < n; j++)
            {
                (int row, int column) = InUpper(size, i, j);
                packed[PackedTriangle.Place(n, i, j)] = packed[PackedTriangle.Place(n, row, column)];
            }
        }

        return packed;
    }

    private static Matrix RandomMatrix(int size)
    {
        int n = Offset + (Across * size) + 2;
        return new(n, n, Random(n * n));
    }

    private static double[] Random(int length)
    {
        var random = new Random(length);
        return [.. Enumerable.Range(0, length).Select(_ => random.NextDouble() - 0.5)];
    }
}
