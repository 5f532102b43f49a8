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
public sealed record CholeskyFactor : CholeskyResult
{
    // U = Lᵀ, as it was computed.
    private readonly SymmetricTriangle _upper;

    internal CholeskyFactor(SymmetricTriangle upper) => _upper = upper;

    /// <summary>L, n × n, with a positive diagonal and zeros above it; made when it is first asked for.</summary>
    public Matrix Lower => field ??= Transposed();

    /// <summary>√(xᵀA⁻¹x) = |L⁻¹x|, by forward substitution: y_i = (x_i − Σ_{j&lt;i} l_ij y_j)/l_ii, each y_j taken out of all that follow at once.</summary>
    /// <param name="x">n numbers.</param>
    /// <exception cref="ArgumentException">There are not n of them.</exception>
    public double InverseNorm(ReadOnlySpan<double> x)
    {
        if (x.Length != _upper.Order)
            throw new ArgumentException($"The vector has {x.Length} elements where the factor has order {_upper.Order}.", nameof(x));
        double[] y = [.. x];
        for (int j = 0; j < y.Length; j++)
        {
            ReadOnlySpan<double> row = _upper.Row(j)[..y.Length];
            y[j] /= row[j];
            Vectors.AddScaledFused(y.AsSpan(j + 1), -y[j], row[(j + 1)..]);
        }

        return EuclideanNorm.Of(y);
    }

    /// <summary>log det A = 2 Σ log l_ii, natural logarithm; 0 for a matrix of order 0.</summary>
    public double LogDeterminant => 2 * CompensatedSum.Of(_upper.Order, i => Math.Log(_upper.Row(i)[i]));

    private Matrix Transposed()
    {
        var lower = new Matrix(_upper.Order, _upper.Order);
        for (int rowTile = 0; rowTile < _upper.Order; rowTile += SymmetricTriangle.Padding)
        {
            int end = Math.Min(rowTile + SymmetricTriangle.Padding, _upper.Order);
            Transposition.Copy(
                _upper.Values.AsSpan(rowTile), _upper.Stride, lower.Values.AsSpan(rowTile * _upper.Order), _upper.Order, rowTile, end - rowTile);
            for (int j = rowTile; j < end; j++)
            {
                ReadOnlySpan<double> upper = _upper.Row(j);
                for (int i = j; i < end; i++)
                    lower[i, j] = upper[i];
            }
        }

        return lower;
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
