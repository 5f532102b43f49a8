using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BasinVolume.Kernels.Host;

namespace BasinVolume.Curvature.Dense;

/// <summary>
/// A ← A − Xᵀ Y on the upper triangle of the trailing rows, where Xᵀ Y is symmetric there: a_ij ← a_ij − Σ_q x_qi y_qj, j ≥ i.
/// X and Y are given by rows, so that row q of both is contiguous. A tile of 4 rows by two vectors of A stays in registers through the sum over q,
/// and a band of <see cref="ColumnBand"/> columns of Y stays in the first-level cache while all rows above it pass.
/// Elements left of the diagonal may be overwritten.
/// </summary>
internal readonly struct TriangleUpdate(SymmetricTriangle matrix, PanelRows x, PanelRows y, TriangleParts parts) : IPartitionedWork
{
    private const int ElementsPerPart = 8192;

    private const int ColumnBand = 2 * SymmetricTriangle.Padding;

    /// <summary>Updates the rows from <paramref name="first"/> on; a multiple of <see cref="TriangleParts.RowBlock"/>.</summary>
    public static void Apply(SymmetricTriangle matrix, int first, PanelRows x, PanelRows y, HostThreads threads)
    {
        var parts = new TriangleParts(first, matrix.PaddedOrder, ElementsPerPart);
        threads.Run(parts.Count, new TriangleUpdate(matrix, x, y, parts));
    }

    /// <inheritdoc/>
    public void Run(int part)
    {
        int start = parts.Start(part);
        int end = parts.Start(part + 1);
        for (int band = SymmetricTriangle.RoundDown(start); band < matrix.PaddedOrder; band += ColumnBand)
        {
            int bandEnd = Math.Min(band + ColumnBand, matrix.PaddedOrder);
            for (int row = start; row < Math.Min(end, bandEnd); row += 4)
                for (int column = Math.Max(band, SymmetricTriangle.RoundDown(row)); column < bandEnd; column += 2 * Vector<double>.Count)
                    UpdateTile(row, column);
        }
    }

    private void UpdateTile(int row, int column)
    {
        ref double xs = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(x.Values), x.Offset + row);
        ref double ys = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(y.Values), y.Offset + column);
        nuint width = (nuint)Vector<double>.Count;
        Vector<double> left0 = Vector<double>.Zero, left1 = left0, left2 = left0, left3 = left0;
        Vector<double> right0 = left0, right1 = left0, right2 = left0, right3 = left0;
        for (int q = 0; q < x.Count; q++)
        {
            var left = Vector.LoadUnsafe(ref ys);
            var right = Vector.LoadUnsafe(ref ys, width);
            var factor = new Vector<double>(xs);
            left0 = Vector.FusedMultiplyAdd(factor, left, left0);
            right0 = Vector.FusedMultiplyAdd(factor, right, right0);
            factor = new Vector<double>(Unsafe.Add(ref xs, 1));
            left1 = Vector.FusedMultiplyAdd(factor, left, left1);
            right1 = Vector.FusedMultiplyAdd(factor, right, right1);
            factor = new Vector<double>(Unsafe.Add(ref xs, 2));
            left2 = Vector.FusedMultiplyAdd(factor, left, left2);
            right2 = Vector.FusedMultiplyAdd(factor, right, right2);
            factor = new Vector<double>(Unsafe.Add(ref xs, 3));
            left3 = Vector.FusedMultiplyAdd(factor, left, left3);
            right3 = Vector.FusedMultiplyAdd(factor, right, right3);
            xs = ref Unsafe.Add(ref xs, x.Stride);
            ys = ref Unsafe.Add(ref ys, y.Stride);
        }

        ref double target = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(matrix.Values), (row * matrix.Stride) + column);
        Subtract(ref target, left0, right0);
        Subtract(ref Unsafe.Add(ref target, matrix.Stride), left1, right1);
        Subtract(ref Unsafe.Add(ref target, 2 * matrix.Stride), left2, right2);
        Subtract(ref Unsafe.Add(ref target, 3 * matrix.Stride), left3, right3);
    }

    private static void Subtract(ref double target, Vector<double> left, Vector<double> right)
    {
        nuint width = (nuint)Vector<double>.Count;
        (Vector.LoadUnsafe(ref target) - left).StoreUnsafe(ref target);
        (Vector.LoadUnsafe(ref target, width) - right).StoreUnsafe(ref target, width);
    }
}
