using BasinVolume.Kernels;
using MathNet.Numerics.LinearAlgebra;

namespace BasinVolume.Curvature.Tests;

public sealed class MathNetMatricesTests
{
    [Fact]
    public void Elements_stay_where_they_are()
    {
        var matrix = new Matrix(2, 3, [1, 2, 3, 4, 5, 6]);
        Matrix<double> theirs = matrix.ToMathNet();
        Assert.Equal((2, 3), (theirs.RowCount, theirs.ColumnCount));
        for (int i = 0; i < 2; i++)
            for (int j = 0; j < 3; j++)
                Assert.Equal(matrix[i, j], theirs[i, j]);
        Matrix back = theirs.ToBasinVolume();
        Assert.Equal((2, 3), (back.Rows, back.Columns));
        Assert.Equal(matrix.Values, back.Values);
        theirs[0, 0] = 7;
        Assert.Equal((1.0, 1.0), (matrix[0, 0], back[0, 0]));
    }

    [Fact]
    public void A_sparse_matrix_comes_with_its_zeros()
        => Assert.Equal([0, 2, 0, 0], Matrix<double>.Build.SparseOfIndexed(2, 2, [(0, 1, 2.0)]).ToBasinVolume().Values);
}
