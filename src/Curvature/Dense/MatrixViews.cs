using BasinVolume.Kernels;
using BasinVolume.Kernels.Host;

namespace BasinVolume.Curvature.Dense;

/// <summary>Matrices, and parts of them, as operands of floor 1's kernels.</summary>
internal static class MatrixViews
{
    /// <summary>All of a host matrix, in place.</summary>
    public static MatrixBatch<double> Of(Matrix matrix) => MatrixBatch<double>.RowMajor(HostKernels.Over(matrix.Values), matrix.Rows, matrix.Columns);

    /// <summary>Rows of a host array that stand <paramref name="stride"/> elements apart, the first of them at <paramref name="offset"/>.</summary>
    public static MatrixBatch<double> Of(View<double> values, int offset, int rows, int columns, int stride) =>
        new(rows == 0 || columns == 0 ? default : values.Slice(offset, ((rows - 1) * stride) + columns), rows, columns, stride, 1, 0);

    extension(in MatrixBatch<double> matrix)
    {
        /// <summary>Some columns of a row-major matrix, in place.</summary>
        public MatrixBatch<double> Columns(int first, int count) => Of(matrix.Data, first, matrix.Rows, count, matrix.RowStride);

        /// <summary>Some rows of a row-major matrix, in place.</summary>
        public MatrixBatch<double> Rows(int first, int count) => Of(matrix.Data, first * matrix.RowStride, count, matrix.Columns, matrix.RowStride);
    }
}
