using System.Numerics;
using BasinVolume.Kernels.Linear;

namespace BasinVolume.Curvature.Dense;

/// <summary>
/// Cuts rows <c>first</c> … <c>end</c> − 1 of an upper triangle into parts of about equal area. The cuts depend on the two numbers alone,
/// never on how many threads there are, so sums that follow them have the same bits on any team.
/// Of a triangle with m rows, the area below row r is (m − r)²/2: the part that starts after a fraction f of the area starts at m − m√(1 − f).
/// </summary>
internal readonly struct TriangleParts
{
    /// <summary>Rows are handed out in blocks of this many, which kernels take at a time.</summary>
    public const int RowBlock = SymmetricRows.Count;

    /// <summary>Enough parts to keep a large team busy.</summary>
    public const int MaximumCount = 16;

    /// <summary>There is a part for this many rows: adding the parts' sums then costs about a hundredth of a product, however many parts there are.</summary>
    private const int RowsPerPart = 128;

    private readonly int _first;
    private readonly int _end;

    /// <summary>A power of two of parts, so that teams of two, four and eight share them evenly; at least one part.</summary>
    /// <param name="first">First row that matters; rounded down to a row block.</param>
    /// <param name="end">One past the last row, a multiple of <see cref="RowBlock"/>.</param>
    public TriangleParts(int first, int end)
    {
        _first = first & -RowBlock;
        _end = end;
        Count = 1 << BitOperations.Log2((uint)Math.Clamp((_end - _first) / RowsPerPart, 1, MaximumCount));
    }

    /// <summary>How many parts.</summary>
    public int Count { get; }

    /// <summary>First row of a part; of part number <see cref="Count"/>, one past the last row.</summary>
    public int Start(int part)
    {
        int rows = _end - _first;
        double left = rows * Math.Sqrt((Count - part) / (double)Count);
        return _first + ((rows - (int)left) & -RowBlock);
    }
}
