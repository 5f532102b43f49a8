using System.Globalization;
using System.Runtime.InteropServices;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Linear;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Curvature.Dense;

/// <summary>How far a square matrix is from being symmetric: the pair of mirrored elements that differ most.</summary>
/// <param name="LargestElement">max|a_ij|, in the units of the matrix; 0 for a zero matrix.</param>
/// <param name="Relative">max|a_ij − a_ji|/max|a_ij|, from 0 for a symmetric matrix to 2.</param>
/// <param name="Row">The row of the upper element of that pair, counted from 0; of several the first, row by row in blocks.</param>
/// <param name="Column">Its column, which is larger than the row unless the matrix is symmetric.</param>
/// <param name="Upper">Element (row, column).</param>
/// <param name="Lower">Element (column, row).</param>
public sealed record Asymmetry(double LargestElement, double Relative, int Row, int Column, double Upper, double Lower)
{
    // Tiles of this many rows and columns keep both a tile and its mirror image in the first-level cache.
    private const int Tile = 32;

    /// <summary>The pair with its size, as a part of a sentence.</summary>
    public string WorstPair => string.Create(
        CultureInfo.InvariantCulture,
        $"element ({Row}, {Column}) is {Upper} and element ({Column}, {Row}) is {Lower}, the pair that differs most, by {Relative:g3} of the largest element");

    /// <summary>Looks at every pair.</summary>
    /// <param name="matrix">A.</param>
    /// <exception cref="MatrixException">The matrix is not square, or an element is not finite.</exception>
    public static Asymmetry Of(Matrix matrix)
    {
        using var alone = new HostThreads(1);
        return Of(matrix, alone);
    }

    /// <summary>The same, by a team.</summary>
    /// <param name="matrix">A.</param>
    /// <param name="threads">The team; the result does not depend on its size.</param>
    /// <exception cref="MatrixException">The matrix is not square, or an element is not finite.</exception>
    public static Asymmetry Of(Matrix matrix, HostThreads threads)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        ArgumentNullException.ThrowIfNull(threads);
        if (matrix.Rows != matrix.Columns)
            throw new MatrixException(NotSquare(matrix));
        double largest = LargestFinite(matrix, threads);
        var worst = new Asymmetry[Tiles(matrix)];
        threads.Run(worst.Length, new WorstOfTiles(matrix, largest, worst));
        // Of equals the first.
        return worst.Aggregate(new Asymmetry(largest, 0, 0, 0, 0, 0), (first, second) => second.Relative > first.Relative ? second : first);
    }

    /// <summary>A ← (A + Aᵀ)/2, in place.</summary>
    /// <param name="matrix">A, square.</param>
    /// <exception cref="MatrixException">The matrix is not square.</exception>
    public static void Remove(Matrix matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        if (matrix.Rows != matrix.Columns)
            throw new MatrixException(NotSquare(matrix));
        for (int row = 0; row < matrix.Rows; row++)
        {
            for (int column = row + 1; column < matrix.Rows; column++)
            {
                // Halved before adding: the sum of two elements near the largest double would overflow. Equal elements keep their last bit.
                if (matrix[row, column] != matrix[column, row])
                    matrix[row, column] = matrix[column, row] = (matrix[row, column] / 2) + (matrix[column, row] / 2);
            }
        }
    }

    private static double LargestFinite(Matrix matrix, HostThreads threads)
    {
        double[] ofTiles = new double[Tiles(matrix)];
        threads.Run(ofTiles.Length, new LargestOfTiles(matrix, ofTiles));
        // Math.Max keeps NaN.
        double largest = ofTiles.Aggregate(0.0, Math.Max);
        if (double.IsFinite(largest))
            return largest;
        (int row, int column) = Math.DivRem(Array.FindIndex(matrix.Values, value => !double.IsFinite(value)), matrix.Columns);
        throw new MatrixException(NotFinite(matrix, row, column));
    }

    private static int Tiles(Matrix matrix) => (matrix.Rows + Tile - 1) / Tile;

    private static string NotSquare(Matrix matrix) => string.Create(
        CultureInfo.InvariantCulture,
        $"The matrix is {matrix.Rows} x {matrix.Columns} where a square symmetric one is expected: give as many columns as rows.");

    private static string NotFinite(Matrix matrix, int row, int column) => string.Create(
        CultureInfo.InvariantCulture,
        $"Matrix element ({row}, {column}) is {matrix[row, column]} where a finite number is expected: "
        + $"check the computation that made the matrix.");

    /// <summary>The largest magnitude in the rows of each tile.</summary>
    private readonly struct LargestOfTiles(Matrix matrix, double[] largest) : IPartitionedWork
    {
        public void Run(int part)
        {
            int end = Math.Min((part + 1) * Tile, matrix.Rows);
            largest[part] = Magnitude.Largest(matrix.Values.AsSpan((part * Tile * matrix.Columns)..(end * matrix.Columns)));
        }
    }

    /// <summary>The worst pair with its upper element in the rows of each tile.</summary>
    private readonly struct WorstOfTiles(Matrix matrix, double largest, Asymmetry[] results) : IPartitionedWork
    {
        public void Run(int part)
        {
            var worst = new Asymmetry(largest, 0, 0, 0, 0, 0);
            Span<double> mirrored = stackalloc double[Tile * Tile];
            for (int columnTile = part * Tile; columnTile < matrix.Rows; columnTile += Tile)
                worst = WorstOf(part * Tile, columnTile, mirrored, worst);
            results[part] = worst;
        }

        private Asymmetry WorstOf(int rowTile, int columnTile, Span<double> mirrored, Asymmetry worst)
        {
            int rows = Math.Min(Tile, matrix.Rows - rowTile), columns = Math.Min(Tile, matrix.Rows - columnTile);
            Transposition.Copy(
                matrix.Values.AsSpan((columnTile * matrix.Columns) + rowTile), matrix.Columns, mirrored, Tile, columns, rows);
            for (int i = 0; i < rows; i++)
            {
                int first = Math.Clamp(rowTile + i + 1 - columnTile, 0, columns);
                ReadOnlySpan<double> upper = matrix.Row(rowTile + i).Slice(columnTile + first, columns - first);
                ReadOnlySpan<double> lower = mirrored.Slice((i * Tile) + first, upper.Length);
                // Bit for bit, as nearly all pairs are: vectors compare that.
                if (!MemoryMarshal.AsBytes(upper).SequenceEqual(MemoryMarshal.AsBytes(lower)))
                    worst = WorstOf(rowTile + i, columnTile + first, upper, lower, worst);
            }

            return worst;
        }

        private static Asymmetry WorstOf(int row, int firstColumn, ReadOnlySpan<double> upper, ReadOnlySpan<double> lower, Asymmetry worst)
        {
            for (int j = 0; j < upper.Length; j++)
            {
                if (upper[j] == lower[j])
                    continue;
                // Divided before subtracting: the difference of two elements near the largest double would overflow.
                double difference = Math.Abs((upper[j] / worst.LargestElement) - (lower[j] / worst.LargestElement));
                if (difference > worst.Relative)
                    worst = new(worst.LargestElement, difference, row, firstColumn + j, upper[j], lower[j]);
            }

            return worst;
        }
    }
}
