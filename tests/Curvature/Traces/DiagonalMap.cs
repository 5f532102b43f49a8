using BasinVolume.Curvature.Maps;
using BasinVolume.Kernels;

namespace BasinVolume.Curvature.Tests.Traces;

/// <summary>diag(d) by its products: probes on a sphere see no difference between it and any matrix with the same eigenvalues.</summary>
internal sealed class DiagonalMap(params double[] diagonal) : ILinearMap
{
    public int Order => diagonal.Length;

    public double Trace => diagonal.Sum();

    public void Multiply(Matrix directions, Matrix products, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        for (int row = 0; row < directions.Rows; row++)
        {
            Span<double> direction = directions.Row(row), product = products.Row(row);
            for (int i = 0; i < direction.Length; i++)
                product[i] = diagonal[i] * direction[i];
        }
    }
}
