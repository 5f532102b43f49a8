using System.Numerics.Tensors;
using BasinVolume.Kernels;

namespace BasinVolume.Curvature;

/// <summary>Matrices as tensors of System.Numerics and back. A row of a matrix is a span by itself: <see cref="Matrix.Row"/>.</summary>
public static class TensorSpans
{
    /// <summary>The matrix in place, as a tensor of two dimensions: what is written to it is in the matrix.</summary>
    /// <param name="matrix">Any matrix.</param>
    /// <example>
    /// <code>
    /// TensorSpan&lt;double&gt; h = curvature.Hessian().Matrix.AsTensorSpan();
    /// double largest = Tensor.MaxMagnitude&lt;double&gt;(h);
    /// </code>
    /// </example>
    public static TensorSpan<double> AsTensorSpan(this Matrix matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        return new(matrix.Values, [matrix.Rows, matrix.Columns]);
    }

    /// <summary>A copy of a tensor of two dimensions.</summary>
    /// <param name="tensor">[rows, columns], with any strides.</param>
    /// <exception cref="ArgumentException">It has another number of dimensions.</exception>
    public static Matrix ToBasinVolume(this ReadOnlyTensorSpan<double> tensor)
    {
        if (tensor.Rank != 2)
            throw new ArgumentException($"The tensor has {tensor.Rank} dimensions where a matrix has 2; reshape it first.", nameof(tensor));
        var matrix = new Matrix(checked((int)tensor.Lengths[0]), checked((int)tensor.Lengths[1]));
        tensor.FlattenTo(matrix.Values);
        return matrix;
    }
}
