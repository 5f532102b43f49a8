using BasinVolume.Kernels;

namespace BasinVolume.Curvature.Subspaces;

/// <summary>
/// Makes rows orthonormal to each other and to all rows kept: W = Rᵀ Q, row i of W being Σ_j R_ji q_j plus what lies in the space kept.
/// </summary>
/// <remarks>
/// A pass takes the parts along the rows kept away, and then makes the rows orthonormal among themselves by their Gram matrix G = W Wᵀ, so that it reads every
/// row a few times whatever the width. For each row in turn, with q_j = Σ_k S_jk w_k for those before it,
/// <code>
/// c_ij = w_i · q_j = Σ_k S_jk G_ik,   p_i² = G_ii − Σ_j c_ij²,   q_i = (w_i − Σ_j c_ij q_j)/p_i.
/// </code>
/// A row of which next to nothing is left (p_i² ≪ G_ii, where G's rounding is) is left undivided, and the next pass sees what it is. Passes end when
/// one takes next to nothing away: the second one is, if no row was all but gone ("twice is enough": Parlett, The Symmetric Eigenvalue Problem, section 6.9).
/// A row of which no more is left than rounding depends on the others. It is dropped, or another direction takes its place.
/// </remarks>
/// <param name="products">For rows of the length that all have.</param>
/// <param name="without">What all rows are kept out of besides; may be null.</param>
/// <param name="draw">Writes a direction of a length near 1 that takes the place of a row that depends on the others; null if such rows are dropped.</param>
internal sealed class BlockOrthonormalisation(LongRows products, ISubspace? without, Action<RowRange>? draw)
{
    private const int MostPasses = 8;

    /// <summary>A pass that leaves so much of the square of every row has found them orthogonal.</summary>
    private const double Settled = 0.8;

    /// <summary>Less than this of the square of a row may be rounding of G.</summary>
    private const double Certain = 1e-6;

    /// <summary>Makes a block orthonormal.</summary>
    /// <param name="block">W, of which the parts along the rows kept were taken away once; its first rows become Q.</param>
    /// <param name="kept">The rows kept, orthonormal.</param>
    /// <param name="rows">How many rows Q shall have at most: no more than those of W, and than the dimensions that are left.</param>
    /// <param name="negligible">A row no longer than this is rounding.</param>
    public Orthonormal Apply(RowBlock block, RowRange kept, int rows, double negligible)
    {
        var factor = new Matrix(block.Count, block.Count);
        for (int i = 0; i < block.Count; i++)
            factor[i, i] = 1;
        var isUnit = new bool[block.Count];
        var isGone = new bool[block.Count];
        List<double> vanished = [];
        bool settled = false;
        for (int pass = 0; pass < MostPasses && !settled; pass++)
        {
            if (pass > 0)
                RemoveKept(block, kept);
            var gram = new Matrix(block.Count, block.Count);
            products.Dot(block.Rows, block.Rows, gram.Values);
            settled = pass > 0;
            for (int i = 0; i < block.Count; i++)
            {
                if (isGone[i] || Math.Sqrt(gram[i, i]) > (isUnit[i] ? 0 : negligible))
                    continue;
                // Its row and column of the Gram matrix say that it is alone, which the next pass makes true.
                isGone[i] = draw is null || isGone.Count(gone => !gone) > rows;
                if (isGone[i])
                    vanished.Add(Math.Sqrt(gram[i, i]));
                Replace(block.Rows.Part(i, 1), i, isGone[i], gram, factor);
                (isUnit[i], settled) = (!isGone[i], false);
            }

            settled &= Orthonormalise(block, gram, factor, isUnit, isGone);
        }

        MoveUp(block, factor, isGone);
        return new(factor, [.. vanished]);
    }

    private void RemoveKept(RowBlock block, RowRange kept)
    {
        without?.RemoveFrom(block.Matrix);
        products.Remove(block.Rows, kept);
    }

    private void Replace(RowRange row, int i, bool isGone, Matrix gram, Matrix factor)
    {
        row.Row(0).Clear();
        if (!isGone)
            draw!(row);
        factor.Row(i).Clear();
        for (int j = 0; j < gram.Columns; j++)
            gram[i, j] = gram[j, i] = i == j ? 1 : 0;
    }

    // Whether the rows were orthonormal before, up to rounding.
    private bool Orthonormalise(RowBlock block, Matrix gram, Matrix factor, bool[] isUnit, bool[] isGone)
    {
        int count = block.Count;
        Matrix combinations = new(count, count), change = new(count, count);
        bool settled = true;
        for (int i = 0; i < count; i++)
        {
            combinations[i, i] = 1;
            if (isGone[i])
                continue;
            double square = gram[i, i];
            for (int j = 0; j < i; j++)
            {
                if (isGone[j] || !isUnit[j])
                    continue;
                double along = 0;
                for (int k = 0; k <= j; k++)
                    along += combinations[j, k] * gram[i, k];
                (change[j, i], square) = (along, square - (along * along));
                for (int k = 0; k <= j; k++)
                    combinations[i, k] -= along * combinations[j, k];
            }

            bool wasUnit = isUnit[i];
            isUnit[i] = square > Certain * gram[i, i];
            settled &= wasUnit && isUnit[i] && square > Settled && square < 1 / Settled;
            change[i, i] = isUnit[i] ? Math.Sqrt(square) : 1;
            for (int k = 0; k <= i; k++)
                combinations[i, k] /= change[i, i];
        }

        products.Combine(block.Rows, combinations);
        Multiply(change, factor);
        return settled;
    }

    // Rows that are gone make room for those behind them.
    private static void MoveUp(RowBlock block, Matrix factor, bool[] isGone)
    {
        int place = 0;
        for (int i = 0; i < block.Count; i++)
        {
            if (isGone[i])
                continue;
            if (place != i)
            {
                block.Rows.Row(i).CopyTo(block.Rows.Row(place));
                factor.Row(i).CopyTo(factor.Row(place));
            }

            place++;
        }
    }

    // factor ← change · factor.
    private static void Multiply(Matrix change, Matrix factor)
    {
        double[] column = new double[change.Rows];
        for (int c = 0; c < factor.Columns; c++)
        {
            for (int j = 0; j < column.Length; j++)
            {
                column[j] = 0;
                for (int i = j; i < change.Columns; i++)
                    column[j] += change[j, i] * factor[i, c];
            }

            for (int j = 0; j < column.Length; j++)
                factor[j, c] = column[j];
        }
    }

    /// <summary>What a block has become.</summary>
    /// <param name="Factor">R, as many rows and columns as W; a drawn row of Q has a row of zeros, and those behind Q mean nothing.</param>
    /// <param name="Vanished">What was left of the rows that were dropped, their lengths.</param>
    public sealed record Orthonormal(Matrix Factor, double[] Vanished);
}
