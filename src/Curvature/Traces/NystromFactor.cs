using BasinVolume.Kernels;
using BasinVolume.Kernels.Linear;

namespace BasinVolume.Curvature.Traces;

/// <summary>
/// Nyström's approximation in the basis of the products, and what leaving out a probe takes from it: with M = G⁻¹ and m_i its column i,
/// <code>
/// Â − Â_i = Y m_i m_iᵀ Yᵀ/M_ii,   (B + νI − Â_i) ω_i = Y m_i/M_ii,   ω_iᵀ (B + νI − Â_i) ω_i = 1/M_ii.
/// </code>
/// </summary>
internal sealed class NystromFactor
{
    /// <summary>From G = C Cᵀ and Y = Q Lᵀ.</summary>
    /// <param name="lower">C.</param>
    /// <param name="factor">L.</param>
    public NystromFactor(Matrix lower, Matrix factor)
    {
        Root = Solved(lower, factor);
        Matrix inverse = Solved(lower, Identity(lower.Rows));
        Inverse = new Matrix(lower.Rows, lower.Rows);
        Images = new Matrix(lower.Rows, lower.Rows);
        for (int i = 0; i < lower.Rows; i++)
        {
            // C⁻¹ is lower triangular: column i begins with row i.
            for (int row = i; row < lower.Rows; row++)
            {
                Vectors.AddScaled(Images.Row(i), inverse[row, i], Root.Row(row));
                Vectors.AddScaled(Inverse.Row(i), inverse[row, i], inverse.Row(row));
            }
        }
    }

    /// <summary>C⁻¹ L, a row each: the rows R of Â = Rᵀ R in the basis.</summary>
    public Matrix Root { get; }

    /// <summary>M.</summary>
    public Matrix Inverse { get; }

    /// <summary>Y m_i in the basis, a row each.</summary>
    public Matrix Images { get; }

    // C⁻¹ V for the rows of V, by forward substitution.
    private static Matrix Solved(Matrix lower, Matrix rows)
    {
        Matrix solved = rows.Clone();
        for (int row = 0; row < lower.Rows; row++)
        {
            for (int earlier = 0; earlier < row; earlier++)
                Vectors.AddScaled(solved.Row(row), -lower[row, earlier], solved.Row(earlier));
            foreach (ref double element in solved.Row(row))
                element /= lower[row, row];
        }

        return solved;
    }

    private static Matrix Identity(int order)
    {
        var identity = new Matrix(order, order);
        for (int i = 0; i < order; i++)
            identity[i, i] = 1;
        return identity;
    }
}
