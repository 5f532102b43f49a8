using BasinVolume.Curvature.Dense;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Linear;

namespace BasinVolume.Curvature.Traces;

/// <summary>The same few elements of many long vectors.</summary>
internal static class Stretch
{
    /// <summary>[vectors, count]: elements first … first + count − 1 of vectors that are kept in blocks of rows.</summary>
    public static Matrix Of(IReadOnlyList<Matrix> blocks, int first, int count)
    {
        var result = new Matrix(blocks.Sum(block => block.Rows), count);
        int row = 0;
        foreach (Matrix block in blocks)
        {
            for (int i = 0; i < block.Rows; i++)
                block.Row(i).Slice(first, count).CopyTo(result.Row(row++));
        }

        return result;
    }

    /// <summary>C V, the rows of C combining vectors.</summary>
    public static Matrix Combined(this IKernels<double> kernels, Matrix combinations, Matrix vectors)
    {
        var result = new Matrix(combinations.Rows, vectors.Columns);
        kernels.MatrixProduct(1, MatrixViews.Of(combinations), MatrixViews.Of(vectors), MatrixViews.Of(result), accumulate: false);
        return result;
    }

    /// <summary>Σ over rows of a ∘ b, [columns].</summary>
    public static double[] ColumnProducts(Matrix a, Matrix b)
    {
        double[] sums = new double[a.Columns];
        for (int row = 0; row < a.Rows; row++)
        {
            Span<double> x = a.Row(row), y = b.Row(row);
            for (int i = 0; i < sums.Length; i++)
                sums[i] += x[i] * y[i];
        }

        return sums;
    }

    /// <summary>v − s (sᵀv) for each row of V and its own s.</summary>
    public static Matrix Without(Matrix vectors, Matrix directions)
    {
        Matrix result = vectors.Clone();
        for (int row = 0; row < result.Rows; row++)
            Vectors.AddScaled(result.Row(row), -DotProduct.Of(directions.Row(row), vectors.Row(row)), directions.Row(row));
        return result;
    }
}
