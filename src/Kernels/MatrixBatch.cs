namespace BasinVolume.Kernels;

/// <summary>
/// A batch of matrices that lie anywhere in a view: element (i, j) of entry v is
/// Data[v · BatchStride + i · RowStride + j · ColumnStride]. A transpose is a view with the strides exchanged, and
/// a batch stride of 0 is one matrix shared by all entries.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="Data">Where the matrices lie.</param>
/// <param name="Rows">Rows of each.</param>
/// <param name="Columns">Columns of each.</param>
/// <param name="RowStride">Elements from one row to the next.</param>
/// <param name="ColumnStride">Elements from one column to the next.</param>
/// <param name="BatchStride">Elements from one matrix to the next; 0 when shared.</param>
public readonly record struct MatrixBatch<T>(View<T> Data, int Rows, int Columns, int RowStride, int ColumnStride, int BatchStride)
    where T : unmanaged
{
    /// <summary>Row-major matrices, shared by all entries unless <paramref name="batchStride"/> says otherwise.</summary>
    /// <param name="data">Where the matrices lie, one after the other or with gaps between them.</param>
    /// <param name="rows">Rows of each.</param>
    /// <param name="columns">Columns of each.</param>
    /// <param name="batchStride">Elements from one matrix to the next; 0 for one that all entries share.</param>
    public static MatrixBatch<T> RowMajor(View<T> data, int rows, int columns, int batchStride = 0)
        => new(data, rows, columns, columns, 1, batchStride);

    /// <summary>Elements from the beginning of the data to the last one of the last matrix.</summary>
    /// <exception cref="ArgumentException">A stride is negative, so that elements would lie before the data.</exception>
    public long Extent(int entries)
    {
        if (entries <= 0 || Rows <= 0 || Columns <= 0)
            return 0;
        if (RowStride < 0 || ColumnStride < 0 || BatchStride < 0)
            throw new ArgumentException($"Matrices have the strides {BatchStride}, {RowStride} and {ColumnStride}; strides are at least 0.", nameof(entries));
        return ((entries - 1L) * BatchStride) + ((Rows - 1L) * RowStride) + ((Columns - 1L) * ColumnStride) + 1;
    }

    /// <summary>The same elements, rows and columns exchanged.</summary>
    public MatrixBatch<T> Transpose() => new(Data, Columns, Rows, ColumnStride, RowStride, BatchStride);
}
