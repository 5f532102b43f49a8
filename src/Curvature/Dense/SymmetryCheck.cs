using System.Globalization;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Host;

namespace BasinVolume.Curvature.Dense;

/// <summary>
/// What a matrix must be before anything is computed from one of its triangles: square, finite, symmetric.
/// Elements (i, j) and (j, i) may differ by n·2⁻⁵² of the largest element, the level of the solvers' own rounding; no bound is absolute.
/// </summary>
internal static class SymmetryCheck
{
    /// <summary>Tiles of this many rows and columns keep both a tile and its mirror image in the first-level cache.</summary>
    private const int Tile = 32;

    /// <summary>Checks a matrix and gives the largest absolute value of its elements (0 for an empty matrix).</summary>
    /// <exception cref="MatrixException">The matrix is not square, not finite or not symmetric.</exception>
    public static double LargestElement(Matrix matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        if (matrix.Rows != matrix.Columns)
            throw new MatrixException(NotSquare(matrix));

        double largest = LargestFinite(matrix);
        double allowed = matrix.Rows * Spectrum.DoubleRoundoff;
        for (int rowTile = 0; rowTile < matrix.Rows; rowTile += Tile)
            for (int columnTile = rowTile; columnTile < matrix.Rows; columnTile += Tile)
                CheckTile(matrix, rowTile, columnTile, allowed, largest);
        return largest;
    }

    private static double LargestFinite(Matrix matrix)
    {
        double largest = Magnitude.Largest(matrix.Values);
        if (double.IsFinite(largest))
            return largest;
        (int row, int column) = Math.DivRem(Array.FindIndex(matrix.Values, value => !double.IsFinite(value)), matrix.Columns);
        throw new MatrixException(NotFinite(matrix, row, column));
    }

    private static void CheckTile(Matrix matrix, int rowTile, int columnTile, double allowed, double largest)
    {
        int rowEnd = Math.Min(rowTile + Tile, matrix.Rows);
        int columnEnd = Math.Min(columnTile + Tile, matrix.Rows);
        for (int row = rowTile; row < rowEnd; row++)
        {
            ReadOnlySpan<double> elements = matrix.Row(row);
            for (int column = Math.Max(columnTile, row + 1); column < columnEnd; column++)
            {
                double upper = elements[column], lower = matrix.Values[(column * matrix.Columns) + row];
                if (upper == lower)
                    continue;
                // Divided before subtracting: the difference of two elements near the largest double would overflow.
                double difference = Math.Abs((upper / largest) - (lower / largest));
                if (difference > allowed)
                    throw new MatrixException(Asymmetric(matrix, row, column, difference, allowed));
            }
        }
    }

    private static string NotSquare(Matrix matrix) => string.Create(
        CultureInfo.InvariantCulture,
        $"The matrix is {matrix.Rows} x {matrix.Columns} where a square symmetric one is expected: give as many columns as rows.");

    private static string NotFinite(Matrix matrix, int row, int column) => string.Create(
        CultureInfo.InvariantCulture,
        $"Matrix element ({row}, {column}) is {matrix[row, column]} where a finite number is expected: " +
        $"check the computation that made the matrix.");

    private static string Asymmetric(Matrix matrix, int row, int column, double difference, double allowed) => string.Create(
        CultureInfo.InvariantCulture,
        $"The matrix is not symmetric: element ({row}, {column}) is {matrix[row, column]} and element ({column}, {row}) is " +
        $"{matrix[column, row]}, which differ by {difference:g3} of the largest element where at most {allowed:g3} is allowed: " +
        $"symmetrise it as (A + Aᵀ)/2 if the difference is rounding, else check how it was made.");
}
