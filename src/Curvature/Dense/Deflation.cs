using BasinVolume.Kernels;
using BasinVolume.Kernels.Linear;

namespace BasinVolume.Curvature.Dense;

/// <summary>Which halves of an eigenvector of two joined blocks are not zero.</summary>
[Flags]
internal enum Halves : byte
{
    /// <summary>The columns of the first block.</summary>
    First = 1,

    /// <summary>The columns of the second block.</summary>
    Second = 2,

    /// <summary>All columns.</summary>
    Both = First | Second,
}

/// <summary>
/// Finds the eigenpairs that diag(d) + y yᵀ shares with diag(d), to rounding, so that the rest has different poles and no component of y near 0.
/// </summary>
/// <remarks>
/// An element is negligible when it is at most a small part of ε‖T‖: dropping it moves no eigenvalue by more than rounding does, and the vectors stay exactly
/// orthogonal.
/// Of y yᵀ, row i is at most |y_i| ‖y‖. For two close poles, the rotation that makes the component of the first 0 leaves cs(d_i − d_p) between them.
/// Repeated eigenvalues, hundreds of zeros among them, leave the problem here, before anything is computed from them.
/// </remarks>
/// <param name="vectors">An eigenvector a row.</param>
/// <param name="values">d, by row.</param>
/// <param name="components">y, by row.</param>
/// <param name="squares">y_i², by row, kept by itself so that squaring a square root costs no digits.</param>
/// <param name="halves">What is not zero, by row.</param>
/// <param name="negligible">The largest magnitude that is negligible.</param>
internal sealed class Deflation(Matrix vectors, double[] values, double[] components, double[] squares, Halves[] halves, double negligible)
{
    private readonly int[] _kept = new int[values.Length];
    private readonly bool[] _isKept = new bool[values.Length];

    /// <summary>The rows that are left, by ascending value.</summary>
    public ReadOnlySpan<int> Kept => _kept.AsSpan(0, KeptCount);

    /// <summary>How many rows are left.</summary>
    public int KeptCount { get; private set; }

    /// <summary>Whether a row is among those that are left.</summary>
    public bool IsKept(int row) => _isKept[row];

    /// <summary>Goes through some rows by ascending value; rotates pairs of them where that makes a component 0.</summary>
    /// <param name="ascending">The rows.</param>
    /// <param name="norm">‖y‖.</param>
    /// <param name="columns">The columns that are not zero in any of the rows.</param>
    public void Run(ReadOnlySpan<int> ascending, double norm, Range columns)
    {
        KeptCount = 0;
        int pending = -1;
        foreach (int row in ascending)
        {
            _isKept[row] = false;
            if (norm * Math.Abs(components[row]) <= negligible)
                continue;
            if (pending >= 0 && !Rotate(pending, row, columns))
                Keep(pending);
            pending = row;
        }

        if (pending >= 0)
            Keep(pending);
    }

    private void Keep(int row)
    {
        _kept[KeptCount++] = row;
        _isKept[row] = true;
    }

    /// <summary>Makes the component of the first row 0 if what then stands between the two is negligible.</summary>
    private bool Rotate(int first, int second, Range columns)
    {
        double length = double.Hypot(components[first], components[second]);
        double cosine = components[second] / length;
        double sine = -components[first] / length;
        if (Math.Abs(cosine * sine * (values[second] - values[first])) > negligible)
            return false;

        components[second] = length;
        components[first] = 0;
        squares[second] += squares[first];
        Vectors.Rotate(vectors.Row(first)[columns], vectors.Row(second)[columns], cosine, sine);
        halves[second] |= halves[first];
        // Rounded so that the second value stays between the two: the rows that are kept go on ascending, with no two values alike.
        double rise = (values[second] - values[first]) * (cosine * cosine);
        double high = values[second];
        values[second] = Math.Min(values[first] + rise, high);
        values[first] = high - rise;
        return true;
    }
}
