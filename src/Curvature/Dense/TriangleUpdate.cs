using BasinVolume.Kernels;

namespace BasinVolume.Curvature.Dense;

/// <summary>
/// A ← A + Xᵀ Y on the upper triangle of the trailing rows, where Xᵀ Y is symmetric there: a_ij ← a_ij + Σ_q x_qi y_qj, j ≥ i.
/// The triangle is cut into bands of rows, and each band is one matrix product from its diagonal to the right:
/// what is computed in vain, left of the diagonal, is half a square of the band's height. Elements there are overwritten.
/// </summary>
internal static class TriangleUpdate
{
    /// <summary>High enough that packing Y anew for each band costs nothing, low enough that the half squares do not either.</summary>
    private const int BandRows = 192;

    /// <summary>Updates the rows from <paramref name="first"/> on.</summary>
    /// <param name="kernels">The kernels of the host.</param>
    /// <param name="triangle">A.</param>
    /// <param name="first">The first row and column that change.</param>
    /// <param name="x">X, its columns from <paramref name="first"/> on; not among the rows that change.</param>
    /// <param name="y">Y, its columns from <paramref name="first"/> on; not among the rows that change.</param>
    public static void Apply(IKernels<double> kernels, SymmetricTriangle triangle, int first, in MatrixBatch<double> x, in MatrixBatch<double> y)
    {
        for (int start = first; start < triangle.PaddedOrder; start += BandRows)
        {
            int rows = Math.Min(BandRows, triangle.PaddedOrder - start);
            MatrixBatch<double> left = x.Columns(start - first, rows).Transpose();
            MatrixBatch<double> right = y.Columns(start - first, triangle.PaddedOrder - start);
            kernels.MatrixProduct(1, left, right, triangle.Block(start, start, rows, triangle.PaddedOrder - start), accumulate: true);
        }
    }
}
