using BasinVolume.Kernels;
using BasinVolume.Kernels.Linear;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Curvature.Structure;

/// <summary>
/// R A Rᵀ on the coordinates that are kept, R Helmert's rotation of each set:
/// <code>
/// (R A)[set_k, ·] = (Σ_{i &lt; k} A[set_i, ·] − k A[set_k, ·])/√(k(k + 1))        rows of A, added up along a set
/// (R A Rᵀ)[j, ·]  = R (R A)[j, ·]                                               each row by itself
/// </code>
/// Of each row what lies up to the diagonal is kept and mirrored, so that the result is symmetric by construction.
/// </summary>
internal static class TurnedMatrix
{
    // Rows and columns of a tile that is mirrored: neighbours stand in the same cache lines.
    private const int Tile = 16;

    // Sets, or coordinates that are in none, of a part.
    private const int UnitsOfPart = 8;

    /// <summary>The matrix on the coordinates that are kept.</summary>
    /// <param name="whole">A, symmetric.</param>
    /// <param name="sets">Sets that do not overlap; the first coordinate of each is not kept.</param>
    /// <param name="kept">The coordinates that are kept, ascending.</param>
    /// <param name="threads">The team; the result does not depend on its size.</param>
    public static Matrix Of(Matrix whole, int[][] sets, int[] kept, HostThreads threads)
    {
        var places = new int[whole.Rows];
        Array.Fill(places, -1);
        for (int i = 0; i < kept.Length; i++)
            places[kept[i]] = i;
        HashSet<int> inSets = [.. sets.SelectMany(set => set)];
        int[][] units = [.. sets, .. kept.Where(coordinate => !inSets.Contains(coordinate)).Select(coordinate => new[] { coordinate })];
        var turned = new Matrix(kept.Length, kept.Length);
        threads.Run(Shares(units.Length, UnitsOfPart), new TurnRows(whole, sets, kept, places, units, turned));
        threads.Run(Shares(kept.Length, Tile), new MirrorRows(turned));
        return turned;
    }

    private static int Shares(int whole, int size) => (whole + size - 1) / size;

    private readonly struct TurnRows(Matrix whole, int[][] sets, int[] kept, int[] places, int[][] units, Matrix turned) : IPartitionedWork
    {
        public void Run(int part)
        {
            double[] sum = new double[whole.Columns], row = new double[whole.Columns];
            int end = Math.Min(units.Length, (part + 1) * UnitsOfPart);
            for (int unit = part * UnitsOfPart; unit < end; unit++)
            {
                int[] set = units[unit];
                whole.Row(set[0]).CopyTo(sum);
                // A coordinate that is in no set is kept as it is.
                if (places[set[0]] >= 0)
                    Put(sum, places[set[0]]);
                for (int k = 1; k < set.Length; k++)
                {
                    Span<double> here = whole.Row(set[k]);
                    Compare(sum, here, k, row);
                    Put(row, places[set[k]]);
                }
            }
        }

        // (sum − k here)/√(k(k + 1)), and sum ← sum + here.
        private static void Compare(Span<double> sum, ReadOnlySpan<double> here, int k, Span<double> row)
        {
            double length = Helmert.Length(k);
            for (int i = 0; i < row.Length; i++)
            {
                row[i] = (sum[i] - (k * here[i])) / length;
                sum[i] += here[i];
            }
        }

        private void Put(Span<double> row, int place)
        {
            foreach (int[] set in sets)
                Helmert.Apply(row, set);
            Span<double> target = turned.Row(place)[..(place + 1)];
            for (int i = 0; i < target.Length; i++)
                target[i] = row[kept[i]];
        }
    }

    // The lower triangle of a row of tiles, to the upper one.
    private readonly struct MirrorRows(Matrix matrix) : IPartitionedWork
    {
        public void Run(int part)
        {
            int n = matrix.Columns, row = part * Tile, end = Math.Min(row + Tile, n);
            for (int column = 0; column < row; column += Tile)
                Transposition.Copy(matrix.Values.AsSpan((row * n) + column), n, matrix.Values.AsSpan((column * n) + row), n, end - row, Tile);
            for (int i = row; i < end; i++)
            {
                for (int j = row; j < i; j++)
                    matrix[j, i] = matrix[i, j];
            }
        }
    }
}
