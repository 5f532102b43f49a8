using BasinVolume.Curvature.Sampling;
using BasinVolume.Curvature.Subspaces;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Curvature.Lanczos;

/// <summary>
/// Makes rows orthonormal to each other and to all rows kept: W = Rᵀ Q, row i of W being Σ_j R_ji q_j plus what lies in the space kept.
/// </summary>
/// <remarks>
/// Classical Gram–Schmidt by blocks against the rows kept, modified Gram–Schmidt within the block, and both again until a pass takes next to nothing away:
/// once more is enough for a row that was not all but gone ("twice is enough": Parlett, The Symmetric Eigenvalue Problem, section 6.9).
/// A row of which no more is left than rounding depends on the others. It is dropped, and a random direction takes its place while dimensions are left:
/// the space that was met is invariant, and there is no other way to hear of the rest.
/// </remarks>
internal sealed class BlockOrthonormalisation(LongRows products, ISubspace? without, ulong seed, HostThreads threads)
{
    /// <summary>The random vectors of this file are those of their seed from here on; others count from 0.</summary>
    private const ulong FirstVector = 1UL << 40;

    private const int MostPasses = 6;

    /// <summary>A pass that leaves so much of every row has found them orthogonal.</summary>
    private const double Settled = 0.9;

    private ulong _drawn;

    /// <summary>Makes a block orthonormal.</summary>
    /// <param name="block">
    /// W, of which the parts along the rows kept were taken away once; becomes Q, whose rows from <paramref name="rows"/> on mean nothing.
    /// </param>
    /// <param name="kept">The rows kept, orthonormal.</param>
    /// <param name="rows">How many rows Q shall have, at most those of W and the dimensions that are left.</param>
    /// <param name="negligible">A row no longer than this is rounding.</param>
    /// <returns>R, rows of Q × rows of W; a random row of Q has a row of zeros.</returns>
    public Matrix Apply(RowBlock block, RowRange kept, int rows, double negligible)
    {
        var factor = new Matrix(block.Count, block.Count);
        int found = 0;
        for (int i = 0; i < block.Count; i++)
        {
            if (i != found)
                block.Rows.Row(i).CopyTo(block.Rows.Row(found));
            double[] along = new double[found];
            double left = OrthogonalToFirst(block, found, along);
            for (int j = 0; j < found; j++)
                factor[j, i] = along[j];
            if (found == rows || left <= negligible)
                continue;
            products.Scale(block.Rows.Part(found, 1), 1 / left);
            factor[found++, i] = left;
        }

        Draw(block, found, rows - found);
        for (int pass = 0; pass < MostPasses && Again(block, kept, rows, factor) < Settled; pass++)
        {
        }

        return factor;
    }

    // One more pass; how much of the row that lost most was left.
    private double Again(RowBlock block, RowRange kept, int rows, Matrix factor)
    {
        without?.RemoveFrom(block.Matrix);
        RowRange used = block.Rows.Part(0, rows);
        RemoveKept(used, kept);
        var change = new Matrix(rows, rows);
        double least = 1;
        for (int i = 0; i < rows; i++)
        {
            double[] along = new double[i];
            double left = OrthogonalToFirst(block, i, along);
            for (int j = 0; j < i; j++)
                change[j, i] = along[j];
            change[i, i] = left;
            least = Math.Min(least, left);
            if (left > 0)
                products.Scale(block.Rows.Part(i, 1), 1 / left);
            else
                Draw(block, i, 1);
        }

        Multiply(change, factor);
        return least;
    }

    private void RemoveKept(RowRange rows, RowRange kept)
    {
        double[] along = new double[rows.Count * kept.Count];
        products.Dot(rows, kept, along);
        products.Add(rows, kept, Array.ConvertAll(along, x => -x));
    }

    // Row i loses its parts along those before it, twice; what they were, and the length that is left.
    private double OrthogonalToFirst(RowBlock block, int i, double[] along)
    {
        RowRange row = block.Rows.Part(i, 1);
        for (int pass = 0; pass < 2 && i > 0; pass++)
        {
            double[] parts = new double[i];
            products.Dot(row, block.Rows.Part(0, i), parts);
            for (int j = 0; j < i; j++)
            {
                along[j] += parts[j];
                parts[j] = -parts[j];
            }

            products.Add(row, block.Rows.Part(0, i), parts);
        }

        Span<double> square = stackalloc double[1];
        products.Dot(row, row, square);
        return Math.Sqrt(square[0]);
    }

    private void Draw(RowBlock block, int first, int count)
    {
        RowRange rows = block.Rows.Part(first, count);
        threads.Run(count, new DrawWork(rows, seed, FirstVector + _drawn));
        _drawn += (ulong)count;
        products.Scale(rows, 1 / Math.Sqrt(block.Matrix.Columns));
    }

    // factor ← change · factor, for the rows that change has.
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

    private readonly struct DrawWork(RowRange rows, ulong seed, ulong first) : IPartitionedWork
    {
        public void Run(int part) => NormalVectors.Fill(seed, first + (ulong)part, rows.Row(part));
    }
}
