using System.Collections.Immutable;
using BasinVolume.Curvature.Structure;
using BasinVolume.Kernels;

namespace BasinVolume.Curvature.Subspaces;

/// <summary>
/// What named null directions of all groups span together. Shift sets do not overlap, but their coordinates may be unused as well; an orthonormal basis is
/// <code>
/// e_i for each unused coordinate i,   Σ e_i/√m over the m coordinates of a set that are not unused, where any is left,
/// </code>
/// since the rest of a set's direction is unused coordinates' own. It is as large as the counts of <see cref="StructuralZeros"/> together.
/// Removing it makes unused coordinates 0 and takes its mean off each set: a vector is read once, and no matrix is held.
/// </summary>
public sealed class NullSubspace : ISubspace
{
    private readonly int _order;
    private readonly int[][] _sets;
    private readonly CoordinateSubspace _unused;

    private NullSubspace(int order, int[][] sets, int[] unused) => (_order, _sets, _unused) = (order, sets, new(unused));

    /// <inheritdoc/>
    public int Dimension => _unused.Dimension + _sets.Length;

    /// <summary>The subspace of what is known of a map.</summary>
    /// <param name="groups">Its null directions; may be empty.</param>
    /// <param name="order">n.</param>
    /// <exception cref="MatrixException">A group names a coordinate that is not there, or one that is named already.</exception>
    public static NullSubspace Of(ImmutableArray<NullDirections> groups, int order)
    {
        var directions = new DirectionTable(order, groups);
        return new(order, directions.RemainingSets(), directions.UnusedCoordinates());
    }

    /// <inheritdoc/>
    /// <exception cref="MatrixException">The vectors have another length than the map's order.</exception>
    public void RemoveFrom(Matrix vectors)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        if (vectors.Columns != _order)
            throw new MatrixException($"The vectors have {vectors.Columns} elements where the map has order {_order}: take both from the same map.");
        _unused.RemoveFrom(vectors);
        for (int v = 0; v < vectors.Rows; v++)
        {
            foreach (int[] set in _sets)
                TakeMeanOff(vectors.Row(v), set);
        }
    }

    private static void TakeMeanOff(Span<double> vector, int[] set)
    {
        double sum = 0;
        foreach (int coordinate in set)
            sum += vector[coordinate];
        double mean = sum / set.Length;
        foreach (int coordinate in set)
            vector[coordinate] -= mean;
    }
}
