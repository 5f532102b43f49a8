using BasinVolume.Kernels.Linear;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Curvature.Dense;

/// <summary>
/// y = A v for the trailing rows of a symmetric matrix, reading each element of the upper triangle once: a_ij (i &lt; j) adds a_ij v_j to y_i and
/// a_ij v_i to y_j. Half the memory traffic of a full product, and traffic is what this product costs.
/// Each part of the rows sums into its own vector; the vectors are then added in the order of the parts.
/// Four rows at a time share what they load (<see cref="SymmetricRows"/>).
/// </summary>
/// <param name="matrix">A; its rows before the trailing ones may hold any finite numbers.</param>
/// <param name="vector">v, padded, 0 in all places before the trailing rows.</param>
/// <param name="partials">One padded vector for each part.</param>
/// <param name="parts">The trailing rows.</param>
internal readonly struct SymmetricProduct(SymmetricTriangle matrix, Memory<double> vector, double[] partials, TriangleParts parts) : IPartitionedWork
{
    /// <summary>A megabyte: smaller parts would cost more in moving their sums between cores than they gain.</summary>
    private const int ElementsPerPart = 131072;

    /// <summary>How many doubles <see cref="Apply"/> needs in its scratch space.</summary>
    public static int ScratchLength(SymmetricTriangle matrix) => TriangleParts.MaximumCount * matrix.PaddedOrder;

    /// <summary>result ← A v over the rows from <paramref name="first"/> on; zero before them.</summary>
    public static void Apply(SymmetricTriangle matrix, int first, Memory<double> vector, Span<double> result, double[] scratch, HostThreads threads)
    {
        var parts = new TriangleParts(first, matrix.PaddedOrder, ElementsPerPart);
        threads.Run(parts.Count, new SymmetricProduct(matrix, vector, scratch, parts));

        result.Clear();
        for (int part = 0; part < parts.Count; part++)
        {
            int from = SymmetricTriangle.RoundDown(parts.Start(part));
            Vectors.Add(result[from..], scratch.AsSpan(part * matrix.PaddedOrder, matrix.PaddedOrder)[from..]);
        }

        result[..first].Clear();
    }

    /// <inheritdoc/>
    public void Run(int part)
    {
        int start = parts.Start(part);
        int end = parts.Start(part + 1);
        Span<double> sum = partials.AsSpan(part * matrix.PaddedOrder, matrix.PaddedOrder);
        sum[SymmetricTriangle.RoundDown(start)..].Clear();
        for (int row = start; row < end; row += TriangleParts.RowBlock)
        {
            AddDiagonalBlock(row, sum);
            for (int four = row; four < row + TriangleParts.RowBlock; four += SymmetricRows.Count)
                SymmetricRows.AddFour(matrix.Values, matrix.Stride, four, row + TriangleParts.RowBlock, vector.Span, sum);
        }
    }

    private void AddDiagonalBlock(int block, Span<double> sum)
    {
        ReadOnlySpan<double> v = vector.Span;
        int end = block + TriangleParts.RowBlock;
        for (int i = block; i < end; i++)
        {
            ReadOnlySpan<double> a = matrix.Row(i);
            double rowSum = a[i] * v[i];
            for (int j = i + 1; j < end; j++)
            {
                rowSum += a[j] * v[j];
                sum[j] += a[j] * v[i];
            }

            sum[i] += rowSum;
        }
    }
}
