using BasinVolume.Kernels;

namespace BasinVolume.Autodiff.Sweeps;

/// <summary>The upper triangle of a symmetric matrix of n rows, row by row without what lies left of the diagonal: n (n + 1)/2 elements.</summary>
internal static class PackedTriangle
{
    /// <summary>How many elements it has.</summary>
    public static int Length(int order) => (int)((long)order * (order + 1) / 2);

    /// <summary>Where element (<paramref name="row"/>, <paramref name="column"/>) stands, on or right of the diagonal.</summary>
    /// <remarks>Row i begins behind n + (n − 1) + … + (n − i + 1) elements, with column i.</remarks>
    public static int Place(int order, int row, int column) => (int)((long)row * ((2L * order) - row - 1) / 2) + column;

    /// <summary>That of a matrix.</summary>
    public static double[] Of(Matrix matrix)
    {
        double[] triangle = GC.AllocateUninitializedArray<double>(Length(matrix.Rows));
        for (int row = 0; row < matrix.Rows; row++)
            matrix.Row(row)[row..].CopyTo(Row(triangle, matrix.Rows, row));
        return triangle;
    }

    /// <summary>A row from its diagonal on.</summary>
    public static Span<double> Row(double[] triangle, int order, int row) => triangle.AsSpan(Place(order, row, row), order - row);
}
