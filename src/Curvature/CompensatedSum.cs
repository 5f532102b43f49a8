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
        var sum = default(Accumulator);
        foreach (double value in values)
            sum.Add(term(value));
        return sum.Total;
    }

    /// <summary>Σ f(i) for i = 0 … <paramref name="count"/> − 1, in this order.</summary>
    public static double Of(int count, Func<int, double> term)
    {
        var sum = default(Accumulator);
        for (int i = 0; i < count; i++)
            sum.Add(term(i));
        return sum.Total;
    }

    private struct Accumulator
    {
        private double _sum;
        private double _lost;

        // An infinite sum has nothing to compensate; ∞ − ∞ must not make it a NaN.
        public readonly double Total => double.IsFinite(_sum) ? _sum + _lost : _sum;

        public void Add(double x)
        {
            double next = _sum + x;
            _lost += Math.Abs(_sum) >= Math.Abs(x) ? _sum - next + x : x - next + _sum;
            _sum = next;
        }
    }
}
