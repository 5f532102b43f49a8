using BasinVolume.Kernels.Linear;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Curvature.Dense;

/// <summary>
/// The products that a step of <see cref="Tridiagonalisation"/> needs of its v, in one piece of work for the team: y = A v for the trailing rows, and
/// the panel's rows times v.
/// y = A v reads each element of the upper triangle once: a_ij (i &lt; j) adds a_ij v_j to y_i and a_ij v_i to y_j. Half the memory traffic of a full
/// product, and traffic is what this product costs.
/// Each part of the rows sums into its own vector; the vectors are then added in the order of the parts.
/// Eight rows at a time share what they load (<see cref="SymmetricRows"/>).
/// </summary>
/// <param name="matrix">A; its rows before the trailing ones may hold any finite numbers.</param>
/// <param name="threads">The team to work with; the result does not depend on its size.</param>
internal sealed class ReductionProducts(SymmetricTriangle matrix, HostThreads threads)
{
    /// <summary>Pairs of the panel that are multiplied in one part.</summary>
    private const int PairsPerPart = 8;

    /// <summary>One padded vector for each part of the triangle.</summary>
    private readonly double[] _sums = new double[TriangleParts.MaximumCount * matrix.PaddedOrder];

    /// <summary>
    /// Puts y into w of pair <paramref name="pairs"/>, zero before row <paramref name="first"/>, and the products of the pairs before it into the panel.
    /// </summary>
    /// <param name="panel">The panel; v of pair <paramref name="pairs"/> is 0 in all places before the trailing rows.</param>
    /// <param name="first">The first of the trailing rows.</param>
    /// <param name="pairs">How many pairs there are before that of this step.</param>
    public void Apply(ReductionPanel panel, int first, int pairs)
    {
        Span<double> y = panel.W(pairs);
        y.Clear();
        var parts = new TriangleParts(first, matrix.PaddedOrder);
        int panelParts = (pairs + PairsPerPart - 1) / PairsPerPart;
        threads.Run(parts.Count + panelParts, new Work(matrix, panel, pairs, _sums, parts));
        AddSums(parts, y);
        y[..first].Clear();
    }

    // Two at a time, each from its part's first row on, so that y is read and written half as often.
    private void AddSums(TriangleParts parts, Span<double> y)
    {
        int part = parts.Count & 1;
        if (part == 1)
            Vectors.Add(y[From(parts, 0)..], Sum(0)[From(parts, 0)..]);
        for (; part < parts.Count; part += 2)
        {
            int from = From(parts, part), both = From(parts, part + 1);
            ReadOnlySpan<double> sum = Sum(part);
            Vectors.Add(y[from..both], sum[from..both]);
            Vectors.AddTwo(y[both..], sum[both..], Sum(part + 1)[both..]);
        }
    }

    private static int From(TriangleParts parts, int part) => SymmetricTriangle.RoundDown(parts.Start(part));

    private Span<double> Sum(int part) => _sums.AsSpan(part * matrix.PaddedOrder, matrix.PaddedOrder);

    private readonly struct Work(SymmetricTriangle matrix, ReductionPanel panel, int pairs, double[] sums, TriangleParts parts) : IPartitionedWork
    {
        public void Run(int part)
        {
            if (part < parts.Count)
                MultiplyRows(part);
            else
                MultiplyPairs((part - parts.Count) * PairsPerPart);
        }

        private void MultiplyPairs(int firstPair)
        {
            int from = SymmetricTriangle.RoundDown(parts.Start(0));
            for (int pair = firstPair; pair < Math.Min(firstPair + PairsPerPart, pairs); pair++)
                panel.Multiply(pair, pairs, from);
        }

        private void MultiplyRows(int part)
        {
            int start = parts.Start(part);
            int end = parts.Start(part + 1);
            ReadOnlySpan<double> v = panel.V(pairs);
            Span<double> sum = sums.AsSpan(part * matrix.PaddedOrder, matrix.PaddedOrder);
            sum[SymmetricTriangle.RoundDown(start)..].Clear();
            for (int row = start; row < end; row += SymmetricRows.Count)
            {
                SymmetricRows.AddSquare(matrix.Values, matrix.Stride, row, v, sum);
                SymmetricRows.AddEight(matrix.Values, matrix.Stride, row, row + SymmetricRows.Count, v, sum);
            }
        }
    }
}
