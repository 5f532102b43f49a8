namespace BasinVolume.Gpu.Ilgpu;

/// <summary>
/// The part of a matrix product that one group of threads computes, each thread a <see cref="RegisterTile{T}"/> of it.
/// Type parameters of kernels, so that the sizes are constants there.
/// </summary>
internal interface ITile
{
    /// <summary>Rows of the tile, a multiple of 8.</summary>
    static abstract int Rows { get; }

    /// <summary>Columns of the tile, a multiple of 4.</summary>
    static abstract int Columns { get; }

    /// <summary>Threads of a group: Rows · Columns / 32. Each fetches one four of the rows at a time, or four; and at most one of the columns.</summary>
    static abstract int Threads { get; }
}

/// <summary>For results that have many rows and many columns.</summary>
internal readonly struct BroadTile : ITile
{
    public static int Rows => 128;

    public static int Columns => 64;

    public static int Threads => 256;
}

/// <summary>For results with few columns, such as the outputs of a last layer.</summary>
internal readonly struct NarrowTile : ITile
{
    public static int Rows => 256;

    public static int Columns => 16;

    public static int Threads => 128;
}
