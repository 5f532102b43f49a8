namespace BasinVolume.Kernels;

/// <summary>
/// The sizes of a gather: for each of <paramref name="Entries"/> batch entries, <paramref name="Rows"/> rows; a row of the small side
/// has <paramref name="Gathered"/> elements, each naming by its index one of the <paramref name="Source"/> elements of its row on the large side.
/// </summary>
/// <param name="Entries">Entries of the batch (usually directions).</param>
/// <param name="Rows">Rows of each entry (usually samples, or samples × channels).</param>
/// <param name="Source">Elements of a row that indices point into.</param>
/// <param name="Gathered">Elements of a row that indices belong to.</param>
/// <param name="IndexEntryStride">Indices from one entry to the next; 0 when all entries share them.</param>
/// <param name="IndexRowStride">Indices from one row to the next; 0 when all rows share them.</param>
/// <exception cref="ShapeException">A size or stride is negative.</exception>
public readonly record struct GatherShape(int Entries, int Rows, int Source, int Gathered, int IndexEntryStride, int IndexRowStride)
{
    /// <summary>Entries of the batch.</summary>
    public int Entries { get; } = Sizes.Within("number of entries", Entries, 0, int.MaxValue);

    /// <summary>Rows of each entry.</summary>
    public int Rows { get; } = Sizes.Within("number of rows", Rows, 0, int.MaxValue);

    /// <summary>Elements of a row that indices point into.</summary>
    public int Source { get; } = Sizes.Within("number of elements to gather from", Source, 0, int.MaxValue);

    /// <summary>Elements of a row that indices belong to.</summary>
    public int Gathered { get; } = Sizes.Within("number of elements to gather", Gathered, 0, int.MaxValue);

    /// <summary>Indices from one entry to the next; 0 when all entries share them.</summary>
    public int IndexEntryStride { get; } = Sizes.Within("stride of indices from entry to entry", IndexEntryStride, 0, int.MaxValue);

    /// <summary>Indices from one row to the next; 0 when all rows share them.</summary>
    public int IndexRowStride { get; } = Sizes.Within("stride of indices from row to row", IndexRowStride, 0, int.MaxValue);

    /// <summary>Elements of all rows of the large side.</summary>
    internal long SourceSize => (long)Rows * Source;

    /// <summary>Elements of all rows of the small side.</summary>
    internal long GatheredSize => (long)Rows * Gathered;

    /// <summary>Indices that all rows of all entries take.</summary>
    internal long IndexExtent
        => Entries == 0 || Rows == 0 || Gathered == 0 ? 0 : ((Entries - 1L) * IndexEntryStride) + ((Rows - 1L) * IndexRowStride) + Gathered;

    /// <summary>Where the indices of a row begin.</summary>
    internal int FirstIndex(int entry, int row) => (entry * IndexEntryStride) + (row * IndexRowStride);

    /// <summary>Where a row of the large side begins, with the entries behind each other.</summary>
    internal int FirstSource(int entry, int row) => ((entry * Rows) + row) * Source;

    /// <summary>Where a row of the small side begins, with the entries behind each other.</summary>
    internal int FirstGathered(int entry, int row) => ((entry * Rows) + row) * Gathered;
}
