using BasinVolume.Kernels;

namespace BasinVolume.Curvature.Subspaces;

/// <summary>A block of directions: a matrix for products, and its rows for everything else.</summary>
internal sealed class RowBlock
{
    /// <summary>A block of zeros.</summary>
    public RowBlock(int rows, int length)
        : this(new Matrix(rows, length))
    {
    }

    /// <summary>The rows of a matrix, in place.</summary>
    public RowBlock(Matrix matrix) => (Matrix, Rows) = (matrix, RowRange.Of(matrix));

    /// <summary>[rows, n].</summary>
    public Matrix Matrix { get; }

    /// <summary>The same, in place.</summary>
    public RowRange Rows { get; }

    /// <summary>How many rows.</summary>
    public int Count => Matrix.Rows;

    /// <summary>A block of so many rows: this one if it has as many.</summary>
    public RowBlock OfRows(int count) => count == Count ? this : new(count, Matrix.Columns);

    /// <summary>A copy of the first rows, followed by zeros where it has more than this one.</summary>
    public RowBlock Copied(int count)
    {
        var copy = new RowBlock(count, Matrix.Columns);
        for (int i = 0; i < Math.Min(count, Count); i++)
            Rows.Row(i).CopyTo(copy.Rows.Row(i));
        return copy;
    }
}
