using System.Numerics;
using BasinVolume.Kernels;

namespace BasinVolume.Gpu.Ilgpu;

/// <summary>
/// A batch of products as the tiled kernel counts it. Where all entries share b, their rows are numbered through, and the batch is one tall product;
/// where they share a, the same is done with the transposes, cᵀ = bᵀ aᵀ. So tiles are filled by all directions together, however few rows each has.
/// </summary>
internal readonly struct ProductForm<T>
    where T : unmanaged, INumberBase<T>
{
    private ProductForm(int entries, in MatrixBatch<T> a, in MatrixBatch<T> b, in MatrixBatch<T> c)
    {
        (Entries, A, B, C) = (entries, a, b, c);
        bool tall = b.BatchStride == 0;
        Batches = tall ? 1 : entries;
        Rows = tall ? entries * a.Rows : a.Rows;
    }

    public int Entries { get; }

    public MatrixBatch<T> A { get; }

    public MatrixBatch<T> B { get; }

    public MatrixBatch<T> C { get; }

    /// <summary>Products that are counted apart.</summary>
    public int Batches { get; }

    /// <summary>Rows of each: those of one entry, or of all.</summary>
    public int Rows { get; }

    public int Columns => B.Columns;

    public int Inner => A.Columns;

    public static ProductForm<T> Of(int entries, in MatrixBatch<T> a, in MatrixBatch<T> b, in MatrixBatch<T> c)
    {
        bool shareRight = b.BatchStride == 0 || entries == 1;
        bool shareLeft = a.BatchStride == 0 || entries == 1;
        bool transposed = shareRight == shareLeft ? c.Columns > c.Rows : shareLeft;
        return transposed ? new(entries, b.Transpose(), a.Transpose(), c.Transpose()) : new(entries, a, b, c);
    }
}
