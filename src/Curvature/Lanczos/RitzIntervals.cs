namespace BasinVolume.Curvature.Lanczos;

/// <summary>How far eigenvalues lie from Ritz values.</summary>
/// <remarks>
/// For orthonormal vectors Y with M = Y A Yᵀ and R = A Yᵀ − Yᵀ M there are as many eigenvalues of A, each within ‖R‖ of one of M (Kahan 1967): for one vector
/// the interval θ ± r, for several whose intervals overlap ‖R‖ ≤ (Σ r²)^½, so that each has an eigenvalue of its own.
/// <para>
/// If nothing else of the spectrum lies within γ of those of M, it is ‖R‖²/(γ − ‖R‖): for one vector Kato's and Temple's bound (Parlett, The Symmetric
/// Eigenvalue Problem, section 11.7), for several Mathias's (1998), where the complement's own eigenvalues are at least γ − ‖R‖ away.
/// M is diag(θ) up to the products of different rows, which are added. What is known of the rest are its Ritz values with their residuals; as products certify
/// no gap, half of what these say is taken, and nothing where r is not small against it.
/// </para>
/// <para>
/// Blocks show an eigenvalue as often as they are wide. Where so many values lie within the tolerance of each other there may be more of them, and
/// different values so close need not be all that are there: a gap says nothing then, and which of them is the i-th is known to twice the tolerance only.
/// </para>
/// Every product is wrong by e, so that r may be r + e and θ itself is right to e.
/// </remarks>
internal static class RitzIntervals
{
    /// <summary>What is known of a Ritz value.</summary>
    /// <param name="Value">θ.</param>
    /// <param name="Residual">r, of its own product or of the recurrence.</param>
    /// <param name="Place">Its place among those that are asked for, whose products with each other are known; −1 for others.</param>
    /// <param name="IsSharp">Whether a gap says something of it.</param>
    public readonly record struct Known(double Value, double Residual, int Place, bool IsSharp);

    /// <summary>What intervals cannot go below.</summary>
    /// <param name="Rounding">e.</param>
    /// <param name="Tolerance">What residuals were to be.</param>
    /// <param name="Width">Directions of a block.</param>
    /// <param name="IsWhole">Whether the Ritz values are all there are.</param>
    public readonly record struct Limits(double Rounding, double Tolerance, int Width, bool IsWhole);

    /// <summary>The radii of the values that are asked for.</summary>
    /// <param name="known">All Ritz values, in any order.</param>
    /// <param name="wanted">How many are asked for.</param>
    /// <param name="products">yᵀ A z of these.</param>
    /// <param name="limits">What they cannot go below.</param>
    public static double[] Radii(IReadOnlyList<Known> known, int wanted, double[,] products, Limits limits)
    {
        Known[] byLowEnd = [.. known.OrderBy(value => Low(value, limits)).ThenBy(value => value.Place)];
        double[] radii = new double[wanted];
        double highBelow = double.NegativeInfinity;
        for (int first = 0; first < byLowEnd.Length;)
        {
            (int end, double high) = Cluster(byLowEnd, first, limits);
            double lowAbove = end < byLowEnd.Length ? Low(byLowEnd[end], limits) : double.PositiveInfinity;
            ReadOnlySpan<Known> cluster = byLowEnd.AsSpan(first..end);
            bool mayUseGap = limits.IsWhole || cluster.Length < byLowEnd.Length;
            foreach (Known value in cluster)
            {
                if (value.Place < 0)
                    continue;
                bool isCrowded = !limits.IsWhole && IsCrowded(value, known, cluster, limits);
                double radius = Radius(cluster, highBelow, lowAbove, products, limits, mayUseGap && !isCrowded);
                radii[value.Place] = isCrowded ? Math.Max(radius, 2 * limits.Tolerance) : radius;
            }

            (first, highBelow) = (end, high);
        }

        return radii;
    }

    private static double Low(Known value, Limits limits) => value.Value - value.Residual - limits.Rounding;

    private static double High(Known value, Limits limits) => value.Value + value.Residual + limits.Rounding;

    // From the first on, those whose intervals overlap; and the highest end of these.
    private static (int End, double High) Cluster(ReadOnlySpan<Known> byLowEnd, int first, Limits limits)
    {
        double high = High(byLowEnd[first], limits);
        int end = first + 1;
        for (; end < byLowEnd.Length && Low(byLowEnd[end], limits) <= high; end++)
            high = Math.Max(high, High(byLowEnd[end], limits));
        return (end, high);
    }

    private static bool IsCrowded(Known value, IReadOnlyList<Known> known, ReadOnlySpan<Known> cluster, Limits limits)
    {
        double near = Math.Max(2 * limits.Tolerance, value.Residual + limits.Rounding);
        int all = known.Count(other => Math.Abs(other.Value - value.Value) <= near), equal = 0;
        foreach (Known other in cluster)
        {
            if (Math.Abs(other.Value - value.Value) <= near)
                equal++;
        }

        return all >= limits.Width || all > equal;
    }

    private static double Radius(
        ReadOnlySpan<Known> cluster, double highBelow, double lowAbove, double[,] products, Limits limits, bool mayUseGap)
    {
        double squares = 0, coupling = 0, gap = double.PositiveInfinity;
        bool sharp = mayUseGap;
        foreach (Known value in cluster)
        {
            sharp &= value.IsSharp && value.Place >= 0;
            if (value.Place < 0)
                continue;
            squares += (value.Residual + limits.Rounding) * (value.Residual + limits.Rounding);
            gap = Math.Min(gap, Math.Min(value.Value - highBelow, lowAbove - value.Value));
            foreach (Known other in cluster)
            {
                if (other.Place >= 0 && other.Place != value.Place)
                    coupling += products[value.Place, other.Place] * products[value.Place, other.Place];
            }
        }

        double norm = Math.Sqrt(squares), trusted = limits.IsWhole ? gap : gap / 2;
        if (!sharp || norm > trusted / 4)
            return norm;
        return Math.Min(norm, (norm * (norm / (trusted - norm))) + Math.Sqrt(coupling) + limits.Rounding);
    }
}
