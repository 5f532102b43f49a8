using BasinVolume.Curvature.Dense;
using BasinVolume.Curvature.Maps;
using BasinVolume.Curvature.Subspaces;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Linear;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Curvature.Traces;

/// <summary>
/// What one product with each of k random probes tells of B = PAP that is positive semidefinite: Nyström's approximation, which is B on the probes,
/// <code>
/// Â = Y G⁻¹ Yᵀ,   Y = (B + νI) Ω = Q Lᵀ,   G = Ωᵀ Y = C Cᵀ,
/// </code>
/// of B + νI. The shift ν is a few roundings of the products, so that G has a Cholesky factor where B has one but for rounding; what it adds to any trace or
/// diagonal is known and taken off. It grows block by block, and no product is thrown away. Vectors may be given first that belong to no probe.
/// </summary>
/// <param name="map">A.</param>
/// <param name="complement">Of what A is looked at.</param>
/// <param name="threads">The team to compute with; no result depends on its size.</param>
internal sealed class NystromSketch(ILinearMap map, Complement complement, HostThreads threads)
{
    private const double Roundings = 16;

    private readonly LongRows _rows = new(complement.Order, threads);
    private readonly List<Matrix> _probes = [];
    private Matrix _factor = new(0, 0);
    private Matrix _gram = new(0, 0);

    /// <summary>Q.</summary>
    public GrowingBasis Basis { get; } = new(complement, threads);

    /// <summary>ν; 0 before the first product.</summary>
    public double Shift { get; private set; }

    /// <summary>How many vectors were given and are no probes: the first ones.</summary>
    public int Given { get; private set; }

    /// <summary>All vectors that were multiplied, those given included.</summary>
    public int Count => _gram.Rows;

    /// <summary>Vectors that were multiplied, a row each, in blocks.</summary>
    public IReadOnlyList<Matrix> ProbeBlocks => _probes;

    /// <summary>ΩᵀΩ, [count, count].</summary>
    public Matrix Overlaps { get; private set; } = new(0, 0);

    /// <summary>Products with a direction until now.</summary>
    public long Products { get; private set; }

    /// <summary>max‖B ω‖ √m/|ω|, about ‖B‖_F.</summary>
    public double Norm { get; private set; }

    /// <summary>Adds vectors, [b, n] in the complement; kept. Those before the first probe may be given ones.</summary>
    public void Grow(Matrix vectors, bool areProbes, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var products = new Matrix(vectors.Rows, vectors.Columns);
        map.Multiply(vectors, products, cancellation);
        Products += vectors.Rows;
        complement.Project(products);
        double[] stretched = [.. _rows.Norms(RowRange.Of(products)).Zip(_rows.Norms(RowRange.Of(vectors)), (image, length) => image / length)];
        Norm = Math.Max(Norm, stretched.Max() * Math.Sqrt(complement.Dimension));
        if (Count == 0)
            Shift = Roundings * map.UnitRoundoff * Norm;
        Vectors.AddScaled(products.Values, Shift, vectors.Values);
        AddGrams(vectors, products);
        _factor = Padded(_factor, Basis.Append(products, 0).Coefficients);
        _probes.Add(vectors);
        if (!areProbes)
            Given += vectors.Rows;
    }

    /// <summary>What the Cholesky factor of G tells; null where there is none, and B is not positive semidefinite.</summary>
    public NystromFactor? Factor(CancellationToken cancellation)
    {
        CholeskyResult result = Cholesky.Factor(_gram, threads, cancellation);
        return result is CholeskyFactor factor ? new NystromFactor(factor.Lower, _factor) : null;
    }

    // G and ΩᵀΩ with the new rows: y of all vectors, old and new, along the new ones.
    private void AddGrams(Matrix vectors, Matrix products)
    {
        int before = Count;
        _gram = Padded(_gram, new Matrix(vectors.Rows, before + vectors.Rows));
        Overlaps = Padded(Overlaps, new Matrix(vectors.Rows, before + vectors.Rows));
        int first = 0;
        foreach (Matrix block in _probes.Append(vectors))
        {
            var known = RowRange.Of(block);
            _rows.Dot(RowRange.Of(products), known, _gram, before, first);
            _rows.Dot(RowRange.Of(vectors), known, Overlaps, before, first);
            first += block.Rows;
        }

        Symmetrise(_gram, before);
        Symmetrise(Overlaps, before);
    }

    // The last rows become the last columns too.
    private static void Symmetrise(Matrix matrix, int before)
    {
        for (int row = before; row < matrix.Rows; row++)
        {
            for (int column = 0; column <= row; column++)
            {
                double mean = column < before ? matrix[row, column] : (matrix[row, column] / 2) + (matrix[column, row] / 2);
                matrix[row, column] = matrix[column, row] = mean;
            }
        }
    }

    private static Matrix Padded(Matrix matrix, Matrix rows)
    {
        var result = new Matrix(matrix.Rows + rows.Rows, rows.Columns);
        for (int row = 0; row < matrix.Rows; row++)
            matrix.Row(row).CopyTo(result.Row(row));
        for (int row = 0; row < rows.Rows; row++)
            rows.Row(row).CopyTo(result.Row(matrix.Rows + row));
        return result;
    }
}
