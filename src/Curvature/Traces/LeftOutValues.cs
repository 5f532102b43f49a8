using BasinVolume.Kernels.Linear;

namespace BasinVolume.Curvature.Traces;

/// <summary>
/// The mean of values of which each leaves out one of k probes, and its error. The values t_i share the other probes, so that their standard deviation over √k
/// leaves out what they have in common, and is too small. The jackknife looks at that: with T_j the mean of a sketch that never had probe j,
/// <code>
/// (k − 1)/k Σ (T_j − T̄)²,
/// </code>
/// whose expectation is at least the variance of a sketch of k − 1 probes (Efron and Stein 1981), and too large where the probes work together.
/// The standard error that is said is the geometric mean of both, and never less than <see cref="Least"/> times the first.
/// </summary>
/// <param name="Mean">The mean of the t_i.</param>
/// <param name="Spread">Their standard deviation over √k, as if they were independent.</param>
/// <param name="StandardError">The standard error.</param>
internal readonly record struct LeftOutValues(double Mean, double Spread, double StandardError)
{
    private const double Least = 1.1;

    /// <summary>Takes all values.</summary>
    /// <param name="count">k, at least 3.</param>
    /// <param name="single">t_i.</param>
    /// <param name="pair">t_i without probe j.</param>
    public static LeftOutValues Of(int count, Func<int, double> single, Func<int, int, double> pair)
    {
        double[] values = new double[count], without = new double[count];
        for (int i = 0; i < count; i++)
            values[i] = single(i);
        for (int j = 0; j < count; j++)
            without[j] = CompensatedSum.Of(count, i => i == j ? 0 : pair(i, j) / (count - 1));
        double spread = Deviation(values) / Math.Sqrt(count * (count - 1.0));
        double jackknife = Deviation(without) * Math.Sqrt((count - 1.0) / count);
        return new(Average(values), spread, Math.Max(Least * spread, Math.Sqrt(spread) * Math.Sqrt(jackknife)));
    }

    /// <summary>The mean of independent sketches, each with the weight of its probes.</summary>
    /// <param name="sketches">At least one.</param>
    public static LeftOutValues Mixed(ReadOnlySpan<(int Probes, LeftOutValues Values)> sketches)
    {
        double all = 0;
        foreach ((int probes, _) in sketches)
            all += probes;
        double[] means = new double[sketches.Length], spreads = new double[sketches.Length], errors = new double[sketches.Length];
        for (int i = 0; i < sketches.Length; i++)
        {
            (double weight, LeftOutValues values) = (sketches[i].Probes / all, sketches[i].Values);
            (means[i], spreads[i], errors[i]) = (weight * values.Mean, weight * values.Spread, weight * values.StandardError);
        }

        return new(CompensatedSum.Of(means), EuclideanNorm.Of(spreads), EuclideanNorm.Of(errors));
    }

    private static double Average(double[] values) => CompensatedSum.Of(values, value => value / values.Length);

    private static double Deviation(double[] values)
    {
        double mean = Average(values);
        return EuclideanNorm.Of([.. values.Select(value => value - mean)]);
    }
}
