using BasinVolume.Curvature.Estimates;

namespace BasinVolume.Curvature.Densities;

/// <summary>A whole number between two others, ends included.</summary>
/// <param name="From">At least so many.</param>
/// <param name="To">At most so many.</param>
public readonly record struct CountRange(int From, int To)
{
    /// <summary>Whether a number is one of them.</summary>
    public bool Contains(int count) => count >= From && count <= To;

    /// <summary>Both ends, or the one number that they leave.</summary>
    public override string ToString() => From == To ? $"{From}" : $"{From} … {To}";
}

/// <summary>
/// How many eigenvalues are negative, zero and positive, each between two numbers: those below −t, between −t and t, and above t. Each range holds with
/// a confidence of <see cref="SampledNumber.Confidence"/>; what is certain bounds it as well.
/// </summary>
/// <remarks>
/// Certain are the known zeros, and what deflated pairs show: if k orthonormal vectors have Rayleigh quotients θ_i and residuals with a sum of squares ρ²,
/// qᵀAq ≤ max θ_i + ρ for all unit vectors q that they span, and A has at least k eigenvalues at or below that (Courant and Fischer).
/// </remarks>
/// <param name="Tolerance">t.</param>
/// <param name="Negative">Below −t.</param>
/// <param name="Zero">From −t to t.</param>
/// <param name="Positive">Above t.</param>
/// <param name="CertainlyNegative">At least so many are negative, for certain.</param>
/// <param name="CertainlyZero">At least so many are zero, for certain.</param>
/// <param name="CertainlyPositive">At least so many are positive, for certain.</param>
public sealed record InertiaBand(
    double Tolerance, CountRange Negative, CountRange Zero, CountRange Positive, int CertainlyNegative, int CertainlyZero, int CertainlyPositive)
{
    /// <summary>The three ranges, for a person.</summary>
    public override string ToString() => $"{Positive} positive, {Zero} zero, {Negative} negative";

    /// <summary>The band; no further product is taken.</summary>
    /// <param name="quadratures">The probes.</param>
    /// <param name="tolerance">t, at least 0, in the units of the matrix: eigenvalues of at most this magnitude count as zero.</param>
    /// <param name="cancellation">Checked now and then.</param>
    /// <exception cref="ArgumentOutOfRangeException">The tolerance is not a finite number of at least 0.</exception>
    public static InertiaBand Of(ProbeQuadratures quadratures, double tolerance, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(quadratures);
        if (!(tolerance >= 0 && double.IsFinite(tolerance)))
            throw new ArgumentOutOfRangeException(nameof(tolerance), tolerance, "The tolerance must be a finite number of at least 0.");
        int n = quadratures.Order;
        int negative = CertainBeyond(quadratures, tolerance, -1), positive = CertainBeyond(quadratures, tolerance, 1), zero = quadratures.Zeros;
        var counts = new SpectralCounts(quadratures, cancellation);
        // The greatest number below −t: what is −t itself is zero.
        double below = Math.BitDecrement(-tolerance);
        return new(
            tolerance,
            Range(counts.UpTo(below), negative, n - zero - positive),
            Range(counts.Between(below, tolerance), zero, n - negative - positive),
            Range(counts.Between(tolerance, double.PositiveInfinity), positive, n - negative - zero),
            negative,
            zero,
            positive);
    }

    // A count is a whole number, so that those at the ends lie inside; what is certain bounds it on both sides.
    private static CountRange Range(SpectralCount count, int least, int most)
    {
        double slack = 1e-9 * Math.Max(1, count.Interval.High);
        int low = (int)Math.Ceiling(count.Interval.Low - slack), high = (int)Math.Floor(count.Interval.High + slack);
        // No whole number between the ends: the ones next to them.
        if (low > high)
            (low, high) = (high, low);
        return new(Math.Clamp(low, least, most), Math.Clamp(high, least, most));
    }

    private static int CertainBeyond(ProbeQuadratures quadratures, double tolerance, int side)
    {
        double[] values = [.. quadratures.Deflated.Where(pair => side * pair.Value > tolerance).Select(pair => side * pair.Value).OrderDescending()];
        double[] squares =
        [
            .. quadratures.Deflated.Where(pair => side * pair.Value > tolerance).OrderByDescending(pair => side * pair.Value)
                .Select(pair => pair.Residual * pair.Residual),
        ];
        int certain = 0;
        double sum = 0;
        for (int k = 0; k < values.Length; k++)
        {
            sum += squares[k];
            if (values[k] - Math.Sqrt(sum) - quadratures.Rounding > tolerance)
                certain = k + 1;
        }

        return certain;
    }
}
