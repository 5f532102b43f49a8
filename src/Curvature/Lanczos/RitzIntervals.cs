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

    /// <summary>The radii of the values that are asked for.</summary>
    /// <param name="known">All Ritz values, in any order.</param>
    /// <param name="wanted">How many are asked for.</param>
    /// <param name="products">yᵀ A z of these.</param>
    /// <param name="rounding">e.</param>
    /// <param name="width">So many close values are as many as blocks show: there may be more that are not known.</param>
    /// <param name="isWhole">Whether the Ritz values are all there are.</param>
    public static double[] Radii(IReadOnlyList<Known> known, int wanted, double[,] products, double rounding, int width, bool isWhole)
    {
        Known[] byLowEnd = [.. known.OrderBy(value => value.Value - value.Residual).ThenBy(value => value.Place)];
        double[] radii = new double[wanted];
        double highBelow = double.NegativeInfinity;
        for (int first = 0; first < byLowEnd.Length;)
        {
            (int end, double high) = Cluster(byLowEnd, first, rounding);
            double lowAbove = end < byLowEnd.Length ? byLowEnd[end].Value - byLowEnd[end].Residual - rounding : double.PositiveInfinity;
            bool isAlone = first == 0 && end == byLowEnd.Length;
            ReadOnlySpan<Known> cluster = byLowEnd.AsSpan(first..end);
            double radius = Radius(cluster, highBelow, lowAbove, products, rounding, width, isWhole, mayUseGap: isWhole || !isAlone);
            foreach (Known value in cluster)
            {
                if (value.Place >= 0)
                    radii[value.Place] = radius;
            }

            (first, highBelow) = (end, high);
        }

        return radii;
    }

    // From the first on, those whose intervals overlap; and the highest end of these.
    private static (int End, double High) Cluster(ReadOnlySpan<Known> byLowEnd, int first, double rounding)
    {
        double high = byLowEnd[first].Value + byLowEnd[first].Residual + rounding;
        int end = first + 1;
        for (; end < byLowEnd.Length && byLowEnd[end].Value - byLowEnd[end].Residual - rounding <= high; end++)
            high = Math.Max(high, byLowEnd[end].Value + byLowEnd[end].Residual + rounding);
        return (end, high);
    }

    private static double Radius(
        ReadOnlySpan<Known> cluster, double highBelow, double lowAbove, double[,] products, double rounding, int width, bool isWhole, bool mayUseGap)
    {
        double squares = 0, coupling = 0, gap = double.PositiveInfinity;
        bool sharp = mayUseGap && (isWhole || cluster.Length < Math.Max(2, width));
        foreach (Known value in cluster)
        {
            sharp &= value.IsSharp && value.Place >= 0;
            if (value.Place < 0)
                continue;
            squares += (value.Residual + rounding) * (value.Residual + rounding);
            gap = Math.Min(gap, Math.Min(value.Value - highBelow, lowAbove - value.Value));
            foreach (Known other in cluster)
            {
                if (other.Place >= 0 && other.Place != value.Place)
                    coupling += products[value.Place, other.Place] * products[value.Place, other.Place];
            }
        }

        double norm = Math.Sqrt(squares), trusted = isWhole ? gap : gap / 2;
        if (!sharp || norm > trusted / 4)
            return norm;
        return Math.Min(norm, (norm * (norm / (trusted - norm))) + Math.Sqrt(coupling) + rounding);
    }
}
