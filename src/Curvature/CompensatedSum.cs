namespace BasinVolume.Curvature;

/// <summary>
/// Neumaier's sum: what each addition rounds away is collected and added at the end. The error does not grow with the number of terms,
/// so a log-determinant of thousands of terms is as good as its logarithms.
/// </summary>
internal static class CompensatedSum
{
    /// <summary>Σ f(x) in the order of the values.</summary>
    public static double Of(ReadOnlySpan<double> values, Func<double, double> term)
    {
        double sum = 0;
        double lost = 0;
        foreach (double value in values)
        {
            double x = term(value);
            double next = sum + x;
            lost += Math.Abs(sum) >= Math.Abs(x) ? sum - next + x : x - next + sum;
            sum = next;
        }

        // An infinite sum has nothing to compensate; ∞ − ∞ must not make it a NaN.
        return double.IsFinite(sum) ? sum + lost : sum;
    }
}
