using BasinVolume.Kernels;
using BasinVolume.Kernels.Linear;

namespace BasinVolume.Curvature.Dense;

/// <summary>What a Cholesky factorisation found: a <see cref="CholeskyFactor"/>, or that the matrix is <see cref="NotPositiveDefinite"/>.</summary>
public abstract record CholeskyResult
{
    private protected CholeskyResult()
    {
    }
}

/// <summary>A = L Lᵀ: the matrix is positive definite.</summary>
/// <param name="Lower">L, n × n, with a positive diagonal and zeros above it.</param>
public sealed record CholeskyFactor(Matrix Lower) : CholeskyResult
{
    /// <summary>√(xᵀA⁻¹x) = |L⁻¹x|, by forward substitution: y_i = (x_i − Σ_{j&lt;i} l_ij y_j)/l_ii.</summary>
    /// <param name="x">n numbers.</param>
    /// <exception cref="ArgumentException">There are not n of them.</exception>
    public double InverseNorm(ReadOnlySpan<double> x)
    {
        if (x.Length != Lower.Rows)
            throw new ArgumentException($"The vector has {x.Length} elements where the factor has order {Lower.Rows}.", nameof(x));
        double[] y = new double[x.Length];
        for (int i = 0; i < y.Length; i++)
            y[i] = (x[i] - DotProduct.Fused(Lower.Row(i)[..i], y.AsSpan(0, i))) / Lower[i, i];
        return EuclideanNorm.Of(y);
    }

    /// <summary>log det A = 2 Σ log l_ii, natural logarithm; 0 for a matrix of order 0.</summary>
    public double LogDeterminant
    {
        get
        {
            double[] diagonal = new double[Lower.Rows];
            for (int i = 0; i < diagonal.Length; i++)
                diagonal[i] = Lower[i, i];
            return 2 * CompensatedSum.Of(diagonal, Math.Log);
        }
    }
}

/// <summary>
/// The matrix has no Cholesky factor: the leading block that ends with <paramref name="Row"/> is the first that is not positive definite.
/// </summary>
/// <param name="Row">The row, counted from 0, at which the factorisation stopped.</param>
/// <param name="Pivot">
/// What was found where a positive number is needed: element (row, row) less the squares of that row of L. In the units of the matrix.
/// </param>
public sealed record NotPositiveDefinite(int Row, double Pivot) : CholeskyResult;
