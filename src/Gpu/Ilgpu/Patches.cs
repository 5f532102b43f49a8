namespace BasinVolume.Gpu.Ilgpu;

/// <summary>
/// The part of a convolution that one group of threads computes, rows by columns, each thread a <see cref="RegisterTile{T}"/> of it.
/// Type parameters of kernels, so that the sizes are constants there.
/// </summary>
internal interface IPatch
{
    /// <summary>Rows, a multiple of 8: an eighth to a half of the threads, so that a thread fetches one to four of their terms at a time.</summary>
    static abstract int Rows { get; }

    /// <summary>Columns: half of the threads or twice as many, so that a thread fetches four or sixteen of their terms at a time.</summary>
    static abstract int Columns { get; }

    /// <summary>Threads of a group: Rows · Columns / 32.</summary>
    static abstract int Threads { get; }
}

/// <summary>For many channels.</summary>
internal readonly struct TallPatch : IPatch
{
    public static int Rows => 64;

    public static int Columns => 128;

    public static int Threads => 256;
}

/// <summary>For few channels.</summary>
internal readonly struct FlatPatch : IPatch
{
    public static int Rows => 16;

    public static int Columns => 256;

    public static int Threads => 128;
}
