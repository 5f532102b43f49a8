using System.Numerics.Tensors;
using BasinVolume.Kernels;

namespace BasinVolume.Curvature.Tests;

public class TensorSpansTests
{
    [Fact]
    public void A_matrix_is_a_tensor_in_place()
    {
        var matrix = new Matrix(2, 3, [1, 2, 3, 4, 5, 6]);
        TensorSpan<double> tensor = matrix.AsTensorSpan();
        Assert.Equal([2, 3], tensor.Lengths.ToArray());
        Assert.Equal(6, tensor[1, 2]);
        tensor[0, 1] = 7;
        Assert.Equal(7, matrix[0, 1]);
    }

    // The middle columns of a larger tensor: its rows do not follow each other in memory.
    [Fact]
    public void A_tensor_with_strides_is_copied_row_by_row()
    {
        var tensor = new ReadOnlyTensorSpan<double>([1, 2, 3, 4, 5, 6, 7, 8], [2, 4]);
        Matrix matrix = tensor.Slice(0..2, 1..3).ToBasinVolume();
        Assert.Equal((2, 2), (matrix.Rows, matrix.Columns));
        Assert.Equal([2, 3, 6, 7], matrix.Values);
    }

    [Fact]
    public void What_is_no_matrix_is_refused()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => new ReadOnlyTensorSpan<double>([1, 2], [2]).ToBasinVolume());
        Assert.Contains("1 dimensions where a matrix has 2", error.Message, StringComparison.Ordinal);
    }
}
