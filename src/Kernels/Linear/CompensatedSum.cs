namespace BasinVolume.Kernels.Linear;

/// <summary>Sums of many terms by a <see cref="RunningSum"/>, so that a log-determinant of thousands of terms is as good as its logarithms.</summary>
public static class CompensatedSum
{
    /// <summary>Σ x_i in ascending order.</summary>
    /// <param name="values">x, any number of elements.</param>
    public static double Of(ReadOnlySpan<double> values)
    {
        var sum = default(RunningSum);
        foreach (double value in values)
            sum.Add(value);
        return sum.Total;
    }

    /// <summary>Σ x_i² in ascending order, each square rounded.</summary>
    /// <param name="values">x, any number of elements.</param>
    public static double OfSquares(ReadOnlySpan<double> values)
    {
        var sum = default(RunningSum);
        foreach (double value in values)
            sum.Add(value * value);
        return sum.Total;
    }

    /// <summary>Σ f(x_i) in ascending order.</summary>
    /// <param name="values">x, any number of elements.</param>
    /// <param name="term">f.</param>
    public static double Of(ReadOnlySpan<double> values, Func<double, double> term)
    {
        ArgumentNullException.ThrowIfNull(term);
        var sum = default(RunningSum);
        foreach (double value in values)
            sum.Add(term(value));
        return sum.Total;
    }

    /// <summary>Σ f(i) for i = 0 … <paramref name="count"/> − 1, in this order.</summary>
    /// <param name="count">How many terms.</param>
    /// <param name="term">f.</param>
    public static double Of(int count, Func<int, double> term)
    {
        ArgumentNullException.ThrowIfNull(term);
        var sum = default(RunningSum);
        for (int i = 0; i < count; i++)
            sum.Add(term(i));
        return sum.Total;
    }
}
