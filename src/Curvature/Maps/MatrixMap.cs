using BasinVolume.Kernels;
using BasinVolume.Kernels.Linear;

namespace BasinVolume.Curvature.Maps;

/// <summary>A symmetric matrix as a map: each element of a product is a sum in ascending order.</summary>
/// <param name="matrix">A, n × n; used, not copied.</param>
public sealed class MatrixMap(Matrix matrix) : ILinearMap
{
    /// <inheritdoc/>
    public int Order => matrix.Rows;

    /// <inheritdoc/>
    public void Multiply(Matrix directions, Matrix products, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(directions);
        ArgumentNullException.ThrowIfNull(products);
        for (int v = 0; v < directions.Rows; v++)
        {
            cancellation.ThrowIfCancellationRequested();
            for (int i = 0; i < matrix.Rows; i++)
                products[v, i] = DotProduct.InOrder(matrix.Row(i), directions.Row(v));
        }
    }
}
