using System.Numerics;
using BasinVolume.Kernels.Host.Parts;

namespace BasinVolume.Kernels.Host.Products;

/// <summary>
/// c_v = a_v b_v by packed blocks. The sum over k is cut into blocks of <see cref="KBlock"/>; inside one, the right-hand operand is packed
/// once into strips of <see cref="Tile{T}.Columns"/> columns for all threads, the left-hand operand by each part for itself into strips of
/// <see cref="Tile{T}.Rows"/> rows, and <see cref="Tile{T}"/> multiplies strip by strip with everything in registers.
/// </summary>
/// <remarks>
/// When one operand is shared by all entries, the rows of the other are numbered through all entries, so that a batch of flat matrices is one tall product and
/// no strip is half empty. If the left one is shared, that product is the transposed one, whose rows are columns of c and are written one element at a time;
/// large entries are therefore multiplied one by one. Each element is the same chain of multiply-adds in ascending k wherever it stands.
/// </remarks>
internal static class MatrixProduct
{
    /// <summary>Terms of the sum that are taken at once: a strip of either operand then stays in the first-level cache.</summary>
    public const int KBlock = 256;

    // Multiply-adds of an entry that keep many threads busy for longer than it takes to start them.
    private const long EnoughForThreads = 1 << 22;

    public static void Run<T>(
        WorkSharing sharing, PackedOperand<T> workspace, int entries, in MatrixBatch<T> a, in MatrixBatch<T> b, in MatrixBatch<T> c, bool accumulate)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CheckSizes(a, b, c);
        if (entries == 0 || c.Rows == 0 || c.Columns == 0)
            return;
        CheckExtent(entries, a, nameof(a));
        CheckExtent(entries, b, nameof(b));
        CheckExtent(entries, c, nameof(c));
        if (entries == 1 || b.BatchStride == 0)
            Tall(sharing, workspace, entries, a, b, c, accumulate);
        else if (a.BatchStride == 0 && !AreLarge(b, c))
            Tall(sharing, workspace, entries, b.Transpose(), a.Transpose(), c.Transpose(), accumulate);
        else
            OneByOne(sharing, workspace, entries, a, b, c, accumulate);
    }

    private static void CheckSizes<T>(in MatrixBatch<T> a, in MatrixBatch<T> b, in MatrixBatch<T> c)
        where T : unmanaged
    {
        if (a.Columns != b.Rows || a.Rows != c.Rows || b.Columns != c.Columns)
            throw new ArgumentException(
                $"A {a.Rows} x {a.Columns} matrix times a {b.Rows} x {b.Columns} one does not give a {c.Rows} x {c.Columns} one.", nameof(c));
    }

    // The innermost loops run without looking at lengths, so they are looked at here.
    private static void CheckExtent<T>(int entries, in MatrixBatch<T> batch, string name)
        where T : unmanaged
    {
        if (batch.Extent(entries) > batch.Data.Length)
            throw new ArgumentException(
                $"{entries} matrices of {batch.Rows} x {batch.Columns} with strides {batch.BatchStride}, "
                + $"{batch.RowStride} and {batch.ColumnStride} do not lie inside a view of {batch.Data.Length} elements.", name);
    }

    // One by one, the columns of each entry of b are packed once; all together, each entry of c is written by columns once for every block of k.
    // The former costs less, element for element; that was measured with the sizes of usual layers.
    private static bool AreLarge<T>(in MatrixBatch<T> b, in MatrixBatch<T> c)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => c.ColumnStride == 1
            && c.Columns >= Tile<T>.Columns
            && 2L * c.Rows >= Math.Min(b.Rows, KBlock)
            && (long)c.Rows * c.Columns * b.Rows >= EnoughForThreads;

    private static void OneByOne<T>(
        WorkSharing sharing, PackedOperand<T> workspace, int entries, in MatrixBatch<T> a, in MatrixBatch<T> b, in MatrixBatch<T> c, bool accumulate)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int v = 0; v < entries; v++)
            Tall(sharing, workspace, 1, Entry(a, v), Entry(b, v), Entry(c, v), accumulate);
    }

    private static MatrixBatch<T> Entry<T>(in MatrixBatch<T> batch, int v)
        where T : unmanaged
        => batch with { Data = batch.Data.Slice(v * batch.BatchStride, batch.Data.Length - (v * batch.BatchStride)) };

    private static void Tall<T>(
        WorkSharing sharing, PackedOperand<T> workspace, int entries, in MatrixBatch<T> a, in MatrixBatch<T> b, in MatrixBatch<T> c, bool accumulate)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int rows = checked(entries * c.Rows);
        int strips = ((b.Columns - 1) / Tile<T>.Columns) + 1;
        ArraySegment<T> packed = workspace.Shared((long)strips * Tile<T>.Columns * Math.Min(KBlock, Math.Max(1, b.Rows)));
        // A sum of no terms is still an output: one empty block writes the zeros.
        for (int k = 0; k == 0 || k < b.Rows; k += KBlock)
        {
            int depth = Math.Min(KBlock, b.Rows - k);
            sharing.Run((long)depth * b.Columns, strips, new PackRight<T>(b, packed, k, depth));
            var product = new BlockProduct<T>(a, c, packed, k, depth, rows, accumulate || k > 0);
            sharing.Run((long)rows * depth * b.Columns, product.Parts, product);
        }
    }
}
