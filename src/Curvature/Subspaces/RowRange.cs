using BasinVolume.Kernels;

namespace BasinVolume.Curvature.Subspaces;

/// <summary>Some of the rows that a space keeps: vectors of n elements, each wherever it lies.</summary>
/// <param name="All">All rows.</param>
/// <param name="First">The first one taken.</param>
/// <param name="Count">How many are taken.</param>
internal readonly record struct RowRange(Memory<double>[] All, int First, int Count)
{
    /// <summary>All rows of a matrix, in place.</summary>
    public static RowRange Of(Matrix matrix)
    {
        var rows = new Memory<double>[matrix.Rows];
        for (int i = 0; i < rows.Length; i++)
            rows[i] = matrix.Values.AsMemory(i * matrix.Columns, matrix.Columns);
        return new(rows, 0, rows.Length);
    }

    /// <summary>Some of these.</summary>
    public RowRange Part(int first, int count) => new(All, First + first, count);

    /// <summary>Elements of row <paramref name="i"/>.</summary>
    public Span<double> Stretch(int i, int start, int length) => All[First + i].Span.Slice(start, length);

    /// <summary>Row <paramref name="i"/>.</summary>
    public Span<double> Row(int i) => All[First + i].Span;
}
