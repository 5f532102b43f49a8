namespace BasinVolume.Kernels;

/// <summary>
/// The sizes of a gather: for each of <paramref name="Members"/> batch members, <paramref name="Rows"/> rows; a row of the small side
/// has <paramref name="Gathered"/> elements, each naming by its index one of the <paramref name="Source"/> elements of its row on the large side.
/// </summary>
/// <param name="Members">Members of the batch (usually directions).</param>
/// <param name="Rows">Rows of each member (usually samples, or samples × channels).</param>
/// <param name="Source">Elements of a row that indices point into.</param>
/// <param name="Gathered">Elements of a row that indices belong to.</param>
/// <param name="IndexMemberStride">Indices from one member to the next; 0 when all members share them.</param>
/// <param name="IndexRowStride">Indices from one row to the next; 0 when all rows share them.</param>
public readonly record struct GatherShape(int Members, int Rows, int Source, int Gathered, int IndexMemberStride, int IndexRowStride)
{
    /// <summary>Where the indices of a row begin.</summary>
    internal int FirstIndex(int member, int row) => (member * IndexMemberStride) + (row * IndexRowStride);

    /// <summary>Where a row of the large side begins, with the members behind each other.</summary>
    internal int FirstSource(int member, int row) => ((member * Rows) + row) * Source;

    /// <summary>Where a row of the small side begins, with the members behind each other.</summary>
    internal int FirstGathered(int member, int row) => ((member * Rows) + row) * Gathered;
}
