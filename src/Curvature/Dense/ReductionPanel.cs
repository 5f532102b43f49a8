using BasinVolume.Kernels;
using BasinVolume.Kernels.Host;
using BasinVolume.Kernels.Linear;

namespace BasinVolume.Curvature.Dense;

/// <summary>
/// The pairs (v, w) of a panel of <see cref="Tridiagonalisation"/>, whose updates A − VᵀW − WᵀV the matrix has still to get, and their products with the
/// vector of the step at hand. Rows V and W are followed by −W and −V: the two sides of the update, each of twice the panel's width.
/// </summary>
/// <param name="matrix">The matrix that is reduced.</param>
internal sealed class ReductionPanel(SymmetricTriangle matrix)
{
    /// <summary>A multiple of the row block, wide enough that the update is bound by arithmetic, narrow enough that corrections stay cheap.</summary>
    public const int Width = 32;

    private readonly double[] _rows = new double[4 * Width * matrix.Stride];

    /// <summary>A row for a result that nobody needs.</summary>
    private readonly double[] _unused = new double[matrix.PaddedOrder];

    /// <summary>v of each pair times the vector of the step.</summary>
    private readonly double[] _vProducts = new double[Width];

    /// <summary>The same of w.</summary>
    private readonly double[] _wProducts = new double[Width];

    /// <summary>A row that takes what nobody needs.</summary>
    public Span<double> Unused => _unused;

    /// <summary>v of a pair, padded.</summary>
    public Span<double> V(int pair) => Row(pair);

    /// <summary>w of a pair, padded.</summary>
    public Span<double> W(int pair) => Row(Width + pair);

    /// <summary>Makes −W and −V, when all pairs are there.</summary>
    public void CompleteSides()
    {
        for (int p = 0; p < Width; p++)
        {
            Vectors.Negate(Row((2 * Width) + p), W(p));
            Vectors.Negate(Row((3 * Width) + p), V(p));
        }
    }

    /// <summary>V and W, from a column on.</summary>
    public MatrixBatch<double> Left(int firstColumn) => Side(0, firstColumn);

    /// <summary>−W and −V, from a column on.</summary>
    public MatrixBatch<double> Right(int firstColumn) => Side(2 * Width, firstColumn);

    /// <summary>Multiplies a pair with v of pair <paramref name="step"/>, from column <paramref name="from"/> on.</summary>
    public void Multiply(int pair, int step, int from) =>
        (_vProducts[pair], _wProducts[pair]) = DotProduct.FusedTwo(V(pair)[from..], W(pair)[from..], V(step)[from..]);

    /// <summary>All products of a step whose v is 0: those with the matrix, where w is to be, and those with the pairs.</summary>
    public void ClearProducts(int step)
    {
        W(step).Clear();
        Array.Clear(_vProducts);
        Array.Clear(_wProducts);
    }

    /// <summary>
    /// y ← y − Vᵀ(W v) − Wᵀ(V v), and row i of the matrix ← itself less row i of VᵀW + WᵀV, over the first pairs; rows of V and W are read once for both.
    /// </summary>
    /// <param name="pairs">How many.</param>
    /// <param name="y">y, its last elements.</param>
    /// <param name="row">Row i, its last elements, as many.</param>
    /// <param name="i">Which row that is.</param>
    public void SubtractPairs(int pairs, Span<double> y, Span<double> row, int i)
    {
        int from = matrix.PaddedOrder - y.Length;
        for (int p = 0; p < pairs; p += 2)
        {
            // Of an odd number the last one comes twice, the second time with factors 0.
            int q = Math.Min(p + 1, pairs - 1);
            double more = q > p ? -1 : 0;
            RowCombinations.AddFourToTwo(
                y,
                new(-_wProducts[p], -_vProducts[p], more * _wProducts[q], more * _vProducts[q]),
                row,
                new(-W(p)[i], -V(p)[i], more * W(q)[i], more * V(q)[i]),
                V(p)[from..],
                W(p)[from..],
                V(q)[from..],
                W(q)[from..]);
        }
    }

    private MatrixBatch<double> Side(int firstRow, int firstColumn) => MatrixViews.Of(
        HostKernels.Over(_rows), (firstRow * matrix.Stride) + firstColumn, 2 * Width, matrix.PaddedOrder - firstColumn, matrix.Stride);

    private Span<double> Row(int row) => _rows.AsSpan(row * matrix.Stride, matrix.PaddedOrder);
}
