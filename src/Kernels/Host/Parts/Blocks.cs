namespace BasinVolume.Kernels.Host.Parts;

/// <summary>How elementwise work is cut into parts: by fixed numbers of elements, so that the cut depends on the sizes alone.</summary>
internal static class Blocks
{
    /// <summary>Elements of a part: 64 kB of doubles, a piece that stays in the second-level cache.</summary>
    public const int Length = 8192;

    /// <summary>Parts of a stretch of elements.</summary>
    public static int Count(int length) => (int)(((long)length + Length - 1) / Length);

    /// <summary>Where a part begins and how many elements it has.</summary>
    public static (int Start, int Length) Of(int block, int length) => (block * Length, Math.Min(Length, length - (block * Length)));

    /// <summary>Parts of a stretch of whole rows.</summary>
    public static int Rows(int rows, int rowLength) => (int)(((long)rows + RowsOfPart(rowLength) - 1) / RowsOfPart(rowLength));

    /// <summary>Which rows a part has.</summary>
    public static (int First, int End) RowsOf(int block, int rows, int rowLength)
    {
        int each = RowsOfPart(rowLength);
        return (block * each, (int)Math.Min(rows, (block + 1L) * each));
    }

    private static int RowsOfPart(int rowLength) => Math.Max(1, Length / Math.Max(1, rowLength));
}
