using BasinVolume.Kernels;

namespace BasinVolume.Curvature.Dense;

/// <summary>Puts the rows of a matrix in another order, in place, along the cycles of the permutation.</summary>
internal static class RowPermutation
{
    /// <summary>Row k becomes what was row <paramref name="sources"/>[k].</summary>
    /// <param name="matrix">The matrix.</param>
    /// <param name="sources">Each row's number once.</param>
    public static void Apply(Matrix matrix, ReadOnlySpan<int> sources)
    {
        var done = new bool[sources.Length];
        double[] first = new double[matrix.Columns];
        for (int start = 0; start < sources.Length; start++)
        {
            if (done[start] || sources[start] == start)
                continue;
            matrix.Row(start).CopyTo(first);
            int row = start;
            for (; sources[row] != start; row = sources[row])
            {
                matrix.Row(sources[row]).CopyTo(matrix.Row(row));
                done[row] = true;
            }

            first.CopyTo(matrix.Row(row));
            done[row] = true;
        }
    }
}
