using BasinVolume.Curvature.Maps;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Linear;

namespace BasinVolume.Benchmarks.Coverage;

/// <summary>
/// A symmetric matrix whose eigenvalues are known, in the coordinates of its eigenvectors. Random probes have no preferred direction, so that a matrix and its
/// diagonal form have estimates of the same distribution; a product with the latter costs next to nothing.
/// </summary>
/// <param name="eigenvalues">Ascending.</param>
internal sealed class KnownSpectrum(double[] eigenvalues) : ILinearMap
{
    /// <inheritdoc/>
    public int Order => eigenvalues.Length;

    /// <summary>Σ λ.</summary>
    public double Trace => CompensatedSum.Of(eigenvalues);

    /// <summary>A number c so that A + cI is positive definite and negative eigenvalues matter: the least one twice, and a hundredth of the largest.</summary>
    public double Shift => (2 * Math.Max(0, -eigenvalues[0])) + (0.01 * eigenvalues[^1]);

    /// <summary>Σ log(λ + c).</summary>
    public double LogDeterminant => CompensatedSum.Of(eigenvalues, value => Math.Log(value + Shift));

    /// <summary>Σ λ/(λ + c).</summary>
    public double EffectiveDimension => CompensatedSum.Of(eigenvalues, value => value / (value + Shift));

    /// <summary>How many lie at or below a number.</summary>
    public int CountUpTo(double number) => eigenvalues.Count(value => value <= number);

    /// <summary>The largest eigenvalue.</summary>
    public double Largest => eigenvalues[^1];

    /// <inheritdoc/>
    public void Multiply(Matrix directions, Matrix products, CancellationToken cancellation = default)
    {
        for (int row = 0; row < directions.Rows; row++)
        {
            Span<double> product = products.Row(row);
            directions.Row(row).CopyTo(product);
            for (int i = 0; i < product.Length; i++)
                product[i] *= eigenvalues[i];
        }
    }
}
