using BasinVolume.Kernels.Linear;

namespace BasinVolume.Kernels;

/// <summary>A dense matrix of doubles on the host, stored row by row in one array.</summary>
public sealed class Matrix
{
    /// <summary>A matrix of zeros.</summary>
    /// <param name="rows">Number of rows, at least 0.</param>
    /// <param name="columns">Number of columns, at least 0.</param>
    /// <exception cref="ShapeException">It has more elements than one array holds.</exception>
    public Matrix(int rows, int columns)
        : this(rows, columns, new double[Sizes.Product("matrix", rows, columns)])
    {
    }

    /// <summary>A matrix over existing values; the array is used, not copied.</summary>
    /// <param name="rows">Number of rows, at least 0.</param>
    /// <param name="columns">Number of columns, at least 0.</param>
    /// <param name="values">The elements, row by row; exactly <paramref name="rows"/> × <paramref name="columns"/> of them.</param>
    /// <exception cref="ArgumentException">The array's length is not rows × columns.</exception>
    public Matrix(int rows, int columns, double[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        if (values.Length != (long)rows * columns)
            throw new ArgumentException(
                $"A {rows} x {columns} matrix has {(long)rows * columns} elements; the array given has {values.Length}.", nameof(values));
        Rows = rows;
        Columns = columns;
        Values = values;
    }

    /// <summary>Number of rows.</summary>
    public int Rows { get; }

    /// <summary>Number of columns.</summary>
    public int Columns { get; }

    /// <summary>All elements, row by row.</summary>
    public double[] Values { get; }

    /// <summary>Element (<paramref name="row"/>, <paramref name="column"/>), counted from 0.</summary>
    /// <param name="row">0 … <see cref="Rows"/> − 1.</param>
    /// <param name="column">0 … <see cref="Columns"/> − 1; not checked, a larger one is an element of a later row.</param>
    /// <exception cref="IndexOutOfRangeException">There is no such element.</exception>
    public double this[int row, int column]
    {
        get => Values[(row * Columns) + column];
        set => Values[(row * Columns) + column] = value;
    }

    /// <summary>One row, in place.</summary>
    /// <param name="row">Which, counted from 0.</param>
    /// <returns>Its elements, <see cref="Columns"/> of them; writing to them changes the matrix.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public Span<double> Row(int row) => Values.AsSpan(row * Columns, Columns);

    /// <summary>Its transpose, with its own storage.</summary>
    public Matrix Transpose()
    {
        var transpose = new Matrix(Columns, Rows);
        Transposition.Copy(Values, Columns, transpose.Values, Rows, Rows, Columns);
        return transpose;
    }

    /// <summary>Its size.</summary>
    public override string ToString() => $"{Rows} x {Columns} matrix";

    /// <summary>A copy with its own storage.</summary>
    public Matrix Clone() => new(Rows, Columns, [.. Values]);
}
