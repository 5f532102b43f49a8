using BasinVolume.Kernels;
using BasinVolume.Kernels.Linear;

namespace BasinVolume.Autodiff.Identities;

/// <summary>Products with a symmetric matrix that is held, for directions that are mostly zeros as well.</summary>
internal static class DenseProduct
{
    /// <summary>[V, n]: the matrix times each direction; for symmetric H that is Σ_i v_i (row i).</summary>
    public static Matrix Multiply(Matrix matrix, Matrix directions)
    {
        var products = new Matrix(directions.Rows, matrix.Columns);
        for (int v = 0; v < directions.Rows; v++)
        {
            Span<double> product = products.Row(v);
            ReadOnlySpan<double> direction = directions.Row(v);
            for (int i = 0; i < direction.Length; i++)
            {
                if (direction[i] != 0)
                    Vectors.AddScaled(product, direction[i], matrix.Row(i));
            }
        }

        return products;
    }
}
