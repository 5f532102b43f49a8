using BasinVolume.Curvature.Estimates;

namespace BasinVolume.Curvature.Densities;

/// <summary>
/// Bounds on log det(A + μI) without any sampling, from the order, the trace, the squared Frobenius norm and bounds of the spectrum (Bai and Golub 1996).
/// </summary>
/// <remarks>
/// With γ_i = λ_i + μ in [a, b], a &gt; 0, mean m and variance σ² of the γ_i, the rule with two nodes of which one is β,
/// <code>
/// t = m + σ²/(m − β),   weight of β: σ²/(σ² + (m − β)²),
/// </code>
/// is exact up to degree 2. log has a positive third derivative, so that n times the rule with β = a is a lower bound of Σ log γ_i, and the one with β = b an
/// upper one.
///
/// Where the moments are known up to intervals alone the worst case counts. Both bounds are the least and the largest of Σ log γ_i over all spectra in
/// [a, b] with these moments, so that the upper one is a concave function of (tr A, ‖A‖²) and the lower one a convex one; both fall when ‖A‖² rises by itself
/// (f[t, t, β] = f''(ξ)/2 &lt; 0 is the derivative). So the smallest norm counts for the upper bound, the largest for the lower, and the worst trace is found
/// by a search for the one extremum.
/// </remarks>
/// <param name="Shift">μ.</param>
/// <param name="Bounds">log det(A + μI) lies between these, in nats; null where there is a <paramref name="Reason"/>.</param>
/// <param name="Reason">Why there are none; null if there are.</param>
public sealed record BaiGolubBounds(double Shift, Interval? Bounds, string? Reason)
{
    private const int SearchSteps = 200;

    /// <summary>The bounds from moments that are exact.</summary>
    /// <param name="order">n, at least 1.</param>
    /// <param name="trace">tr A.</param>
    /// <param name="squaredNorm">‖A‖² by Frobenius, the sum of the squared eigenvalues.</param>
    /// <param name="spectrum">Numbers that no eigenvalue of A lies outside of.</param>
    /// <param name="shift">μ.</param>
    public static BaiGolubBounds Of(int order, double trace, double squaredNorm, Interval spectrum, double shift)
        => Of(order, new Interval(trace, trace), new Interval(squaredNorm, squaredNorm), spectrum, shift);

    /// <summary>The bounds from moments that are known up to intervals: the worst case over them.</summary>
    /// <param name="order">n, at least 1.</param>
    /// <param name="trace">Where tr A lies.</param>
    /// <param name="squaredNorm">Where ‖A‖² lies.</param>
    /// <param name="spectrum">Numbers that no eigenvalue of A lies outside of.</param>
    /// <param name="shift">μ.</param>
    /// <exception cref="ArgumentOutOfRangeException">The order is below 1.</exception>
    public static BaiGolubBounds Of(int order, Interval trace, Interval squaredNorm, Interval spectrum, double shift)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(order, 1);
        if (!(spectrum.Low + shift > 0))
            return new(shift, null, FormattableString.Invariant(
                $"A + {shift} I may not be positive definite: its spectrum is known to lie above {spectrum.Low:g6} alone; take a larger damping."));
        // tr² ≤ n ‖A‖², and the mean lies in the spectrum.
        double largest = Math.Sqrt(order * squaredNorm.High);
        double from = Math.Max(Math.Max(trace.Low, -largest), order * spectrum.Low);
        double to = Math.Min(Math.Min(trace.High, largest), order * spectrum.High);
        if (!(from <= to))
            return new(shift, null, FormattableString.Invariant(
                $"No {order} numbers in {spectrum} have a sum in {trace} and a sum of squares in {squaredNorm}; give moments and bounds of one matrix."));
        double upper = Largest(from, to, x => Rule(x, squaredNorm.Low, spectrum.High));
        double lower = -Largest(from, to, x => -Rule(x, squaredNorm.High, spectrum.Low));
        return new(shift, new Interval(Math.Min(lower, upper), upper), null);

        double Rule(double first, double second, double end)
        {
            double mean = first / order, distance = mean - end;
            // At least what a spectrum in [a, b] with this mean can have, at most (μ − a)(b − μ).
            double variance = Math.Clamp((second / order) - (mean * mean), 0, Math.Max(0, (mean - spectrum.Low) * (spectrum.High - mean)));
            if (distance == 0 || variance == 0)
                return order * Math.Log(mean + shift);
            double weight = variance / (variance + (distance * distance));
            return order * ((weight * Math.Log(end + shift)) + ((1 - weight) * Math.Log(mean + (variance / distance) + shift)));
        }
    }

    // Of a concave function.
    private static double Largest(double from, double to, Func<double, double> function)
    {
        double best = Math.Max(function(from), function(to));
        for (int i = 0; i < SearchSteps && to > from; i++)
        {
            double left = from + ((to - from) / 3), right = to - ((to - from) / 3), atLeft = function(left), atRight = function(right);
            best = Math.Max(best, Math.Max(atLeft, atRight));
            (from, to) = atLeft < atRight ? (left, to) : (from, right);
        }

        return best;
    }
}
