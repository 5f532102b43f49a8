namespace BasinVolume.Gpu.Ilgpu;

/// <summary>
/// The terms of a convolution's sum, numbered through: k = (item · Rows + row) · Columns + column. Items are channels or samples, rows and columns those of a
/// kernel or of an image. A thread meets every eighth term and finds the next one's place by additions.
/// </summary>
internal struct TermCounter
{
    public int Rows;
    public int Columns;
    public int ItemStep;
    public int RowStep;
    public int ColumnStep;

    /// <param name="rows">Rows of an item.</param>
    /// <param name="columns">Columns of a row.</param>
    /// <param name="step">From one term of a thread to the next.</param>
    public static TermCounter Of(int rows, int columns, int step)
    {
        // Without terms nothing is counted, but all the same divided.
        (rows, columns) = (int.Max(1, rows), int.Max(1, columns));
        return new()
        {
            Rows = rows,
            Columns = columns,
            ColumnStep = step % columns,
            RowStep = step / columns % rows,
            ItemStep = step / columns / rows,
        };
    }

    public readonly Term At(int k)
    {
        int row = k / Columns;
        return new() { Item = row / Rows, Row = row % Rows, Column = k % Columns };
    }

    public readonly Term Next(Term term)
    {
        int column = term.Column + ColumnStep;
        int row = term.Row + RowStep;
        if (column >= Columns)
        {
            column -= Columns;
            row++;
        }

        int item = term.Item + ItemStep;
        if (row >= Rows)
        {
            row -= Rows;
            item++;
        }

        return new() { Item = item, Row = row, Column = column };
    }
}

/// <summary>Where one term is.</summary>
internal struct Term
{
    public int Item;
    public int Row;
    public int Column;
}
