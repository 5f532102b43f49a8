namespace BasinVolume.Curvature.Structure;

/// <summary>
/// Helmert's orthogonal matrix of order m: row 0 is (1 … 1)/√m, row k = 1 … m − 1 compares coordinate k with those before it,
/// (1 … 1, −k, 0 … 0)/√(k(k + 1)) with k ones. Running sums apply it in m steps instead of m².
/// </summary>
internal static class Helmert
{
    /// <summary>x ← R x at the places <paramref name="set"/> of a vector.</summary>
    public static void Apply(Span<double> x, ReadOnlySpan<int> set)
    {
        double sum = x[set[0]];
        for (int k = 1; k < set.Length; k++)
        {
            double here = x[set[k]];
            x[set[k]] = (sum - (k * here)) / Length(k);
            sum += here;
        }

        x[set[0]] = sum / Math.Sqrt(set.Length);
    }

    /// <summary>x ← Rᵀ x at the places <paramref name="set"/> of a vector.</summary>
    public static void ApplyTransposed(Span<double> x, ReadOnlySpan<int> set)
    {
        double sum = x[set[0]] / Math.Sqrt(set.Length);
        for (int k = set.Length - 1; k >= 1; k--)
        {
            double contrast = x[set[k]] / Length(k);
            x[set[k]] = sum - (k * contrast);
            sum += contrast;
        }

        x[set[0]] = sum;
    }

    /// <summary>√(k(k + 1)), what the comparison of coordinate k is divided by.</summary>
    public static double Length(int k) => Math.Sqrt(k * (k + 1.0));
}
