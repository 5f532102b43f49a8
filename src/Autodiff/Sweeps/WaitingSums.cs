using BasinVolume.Autodiff.Plans;

namespace BasinVolume.Autodiff.Sweeps;

/// <summary>
/// Sums of a tree that wait for their last shard, packed triangles. They are added to that shard's matrix in passing, the nearest one first, so that an element
/// is what it would be if the nodes of the tree had been added one after the other.
/// </summary>
/// <param name="order">n, rows of the matrix.</param>
/// <param name="sums">The packed triangles, the nearest first.</param>
internal sealed class WaitingSums(int order, IReadOnlyList<double[]> sums)
{
    /// <summary>None.</summary>
    public static WaitingSums None { get; } = new(0, []);

    /// <summary>
    /// Adds their elements (<paramref name="row"/>, <paramref name="column"/>) … to those of the matrix, none of which lies left of the diagonal.
    /// </summary>
    public void AddTo(int row, int column, Span<double> elements)
    {
        for (int sum = 0; sum < sums.Count; sum++)
            Accumulation.Add<double>(sums[sum].AsSpan(PackedTriangle.Place(order, row, column), elements.Length), elements);
    }
}
