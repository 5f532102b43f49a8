namespace BasinVolume.Kernels.Host.Convolutions.Tiled;

/// <summary>
/// What is summed at each of some positions: Σ_k w[r, k] x̂[position + offset_k], for every row r of a group. Terms are in order of the kernel's rows, so that
/// those whose pixels lie above or below the image can be left out.
/// </summary>
internal sealed class Grid
{
    /// <summary>Sums at positions.</summary>
    /// <param name="terms">The terms, row by row of the kernel.</param>
    /// <param name="positions">Where they are summed.</param>
    /// <param name="rowStep">Rows of the image that is read from one row of positions to the next.</param>
    /// <param name="height">Rows of that image.</param>
    public Grid(IReadOnlyList<Term> terms, Positions positions, int rowStep, int height)
    {
        (Offsets, Weights, Positions) = ([.. terms.Select(term => term.Offset)], [.. terms.Select(term => term.Weight)], positions);
        (int First, int End)[] inside = [.. Enumerable.Range(0, positions.Count).Select(v => Inside(terms, positions.RowsOf(v), rowStep, height))];
        Pairs = [.. Enumerable.Range(0, (positions.Count + 1) / 2).Select(number => PairOf(inside, 2 * number))];
    }

    /// <summary>How far from the position each term's pixel lies.</summary>
    public int[] Offsets { get; }

    /// <summary>Where each term's weight lies, from the first of a row.</summary>
    public int[] Weights { get; }

    /// <summary>Where it is summed.</summary>
    public Positions Positions { get; }

    /// <summary>Terms of a sum.</summary>
    public int Depth => Offsets.Length;

    /// <summary>The vectors of positions, two by two.</summary>
    public Pair[] Pairs { get; }

    private static Pair PairOf((int First, int End)[] inside, int vector)
    {
        int partner = Math.Min(vector + 1, inside.Length - 1);
        return new(vector, partner, Math.Min(inside[vector].First, inside[partner].First), Math.Max(inside[vector].End, inside[partner].End));
    }

    private static (int First, int End) Inside(IReadOnlyList<Term> terms, (int First, int Last) rows, int rowStep, int height)
    {
        int first = 0, end = terms.Count;
        while (first < end && (rows.Last * rowStep) + terms[first].Row < 0)
            first++;
        while (end > first && (rows.First * rowStep) + terms[end - 1].Row >= height)
            end--;
        return (first, end);
    }

    /// <summary>Two vectors of positions, whose sums are computed together.</summary>
    /// <param name="First">The first one.</param>
    /// <param name="Second">The other one; a last one without a partner twice.</param>
    /// <param name="FirstTerm">The first term without which both have nothing but zeros.</param>
    /// <param name="EndTerm">Behind the last of these.</param>
    internal readonly record struct Pair(int First, int Second, int FirstTerm, int EndTerm);

    /// <summary>A term of the sums.</summary>
    /// <param name="Row">The row of its pixel for positions of the first row.</param>
    /// <param name="Offset">How far from the position its pixel lies.</param>
    /// <param name="Weight">Where its weight lies, from the first of a row.</param>
    internal readonly record struct Term(int Row, int Offset, int Weight);
}
