namespace BasinVolume.Curvature.Dense;

/// <summary>
/// Cuts rows <c>first</c> … <c>end</c> − 1 of an upper triangle into parts of about equal area. The cuts depend on the two numbers alone,
/// never on how many threads there are, so sums that follow them have the same bits on any team.
/// Of a triangle with m rows, the area below row r is (m − r)²/2: the part that starts after a fraction f of the area starts at m − m√(1 − f).
/// </summary>
internal readonly struct TriangleParts
{
    /// <summary>Rows are handed out in blocks of this many, so that kernels can hold several rows in registers.</summary>
    public const int RowBlock = 8;

    /// <summary>Enough parts to keep a large team busy, few enough that adding their partial sums costs next to nothing.</summary>
    public const int MaximumCount = 16;

    private readonly int _first;
    private readonly int _end;

    /// <summary>Parts of at least <paramref name="elementsPerPart"/> elements each, where there are as many; at least one part.</summary>
    /// <param name="first">First row that matters; rounded down to a row block.</param>
    /// <param name="end">One past the last row, a multiple of <see cref="RowBlock"/>.</param>
    /// <param name="elementsPerPart">Below this a part is not worth handing to another thread.</param>
    public TriangleParts(int first, int end, int elementsPerPart)
    {
        _first = first & -RowBlock;
        _end = end;
        long area = (long)(_end - _first) * (_end - _first) / 2;
        Count = (int)Math.Clamp(area / elementsPerPart, 1, MaximumCount);
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
