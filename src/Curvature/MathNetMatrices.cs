using BasinVolume.Kernels;
using MathNet.Numerics.LinearAlgebra;

namespace BasinVolume.Curvature;

/// <summary>Matrices and vectors from and to Math.NET Numerics. Its dense matrices run down their columns, ours along their rows.</summary>
public static class MathNetMatrices
{
    /// <summary>A copy as Math.NET has it.</summary>
    /// <param name="matrix">Any matrix.</param>
    /// <example>
    /// <code>
    /// Matrix&lt;double&gt; h = curvature.Hessian().Matrix.ToMathNet();
    /// Vector&lt;double&gt; rows = h * Vector&lt;double&gt;.Build.Dense(h.ColumnCount, 1.0);
    /// </code>
    /// </example>
    public static Matrix<double> ToMathNet(this Matrix matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        return Matrix<double>.Build.Dense(matrix.Rows, matrix.Columns, matrix.Transpose().Values);
    }

    /// <summary>A copy of a matrix of Math.NET, dense or sparse.</summary>
    /// <param name="matrix">Any matrix.</param>
    /// <example>
    /// <code>
    /// Matrix random = Matrix&lt;double&gt;.Build.Random(5, 5).ToBasinVolume();
    /// </code>
    /// </example>
    public static Matrix ToBasinVolume(this Matrix<double> matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        return new(matrix.RowCount, matrix.ColumnCount, matrix.ToRowMajorArray());
    }
}
