using BasinVolume.Curvature.Estimates;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Linear;

namespace BasinVolume.Curvature.Traces;

/// <summary>The mean of values t_i of which each leaves out one of k probes, and its error.</summary>
/// <remarks>
/// The values share the other probes, so that their standard deviation over √k leaves out what they have in common. With s² their variance
/// <code>
/// var t̄ = E s²/k + C,   C = cov(t_i, t_j) = E (t_i − t_i without j)(t_j − t_j without i),
/// </code>
/// so that s²/k and the mean of the product over all pairs are together an estimate V of the variance without bias. For, with all other probes held, what
/// probe i says beside any basis that it has no part in is tr A on average. So t_i = tr A + f(ω_i) + g(ω_i, ω_j), where f is the mean over ω_j, and f over
/// ω_i and g over either have the mean 0; and t_i without j is tr A + h(ω_i), h with the mean 0. t_j is the same with ω_i and ω_j changed about. Of all
/// products of these only that of both g has a mean other than 0: it is the covariance, and in the product of the changes (f − h)(ω_i) + g(ω_i, ω_j) as well.
/// Where few probes say that C is below 0, it is taken as 0.
/// <para>
/// V is known from the same probes. Student's quantile has the ν = 2V²/var V that Satterthwaite (1946) gives a variance of this kind, with var V by the
/// jackknife: with w_i what probe i has a part in of the sum V, k/(k − 1) Σ (w_i − w̄)², in which each pair counts twice, less what pairs count once. ν is no
/// more than k − 1, which it would be without C, and no less than 2, as it is itself an estimate.
/// </para>
/// </remarks>
/// <param name="Mean">The mean of the t_i.</param>
/// <param name="StandardError">√V.</param>
/// <param name="Degrees">ν.</param>
internal readonly record struct LeftOutValues(double Mean, double StandardError, double Degrees)
{
    private const double FewestDegrees = 2;

    /// <summary>How far the interval reaches to either side of the mean.</summary>
    public double Reach => SampledNumber.Quantile(Degrees) * StandardError;

    /// <summary>Takes all values.</summary>
    /// <param name="count">k, at least 3.</param>
    /// <param name="single">t_i.</param>
    /// <param name="pair">t_i without probe j.</param>
    public static LeftOutValues Of(int count, Func<int, double> single, Func<int, int, double> pair)
    {
        double[] values = [.. Enumerable.Range(0, count).Select(single)];
        double mean = CompensatedSum.Of(values, value => value / count);
        double[] distances = [.. values.Select(value => value - mean)];
        var changes = new Matrix(count, count);
        for (int i = 0; i < count; i++)
            for (int j = 0; j < count; j++)
                changes[i, j] = i == j ? 0 : values[i] - pair(i, j);
        // Relative to the largest, so that no product overflows or is lost.
        double scale = Math.Max(Magnitude.Largest(distances), Magnitude.Largest(changes.Values));
        if (scale == 0)
            return new(mean, 0, count - 1);
        double[] alone = [.. distances.Select(distance => distance / scale * (distance / scale))];
        var together = new Matrix(count, count);
        for (int i = 0; i < count; i++)
            for (int j = 0; j < count; j++)
                together[i, j] = 2 * (changes[i, j] / scale) * (changes[j, i] / scale);
        double variance = CompensatedSum.Of(alone) + Math.Max(0, CompensatedSum.Of(together.Values) / 2);
        return new(mean, scale * Math.Sqrt(variance / (count * (count - 1.0))), DegreesOf(variance, alone, together));
    }

    /// <summary>The mean of independent sketches, each with the weight of its probes.</summary>
    /// <param name="sketches">At least one.</param>
    public static LeftOutValues Mixed(ReadOnlySpan<(int Probes, LeftOutValues Values)> sketches)
    {
        double all = 0;
        foreach ((int probes, _) in sketches)
            all += probes;
        double[] means = new double[sketches.Length], errors = new double[sketches.Length];
        for (int i = 0; i < sketches.Length; i++)
        {
            (double weight, LeftOutValues values) = (sketches[i].Probes / all, sketches[i].Values);
            (means[i], errors[i]) = (weight * values.Mean, weight * values.StandardError);
        }

        double error = EuclideanNorm.Of(errors), open = 0;
        for (int i = 0; i < sketches.Length && error > 0; i++)
            open += Math.Pow(errors[i] / error, 4) / sketches[i].Values.Degrees;
        return new(CompensatedSum.Of(means), error, open > 0 ? 1 / open : all - sketches.Length);
    }

    // All relative to the same number, which falls out.
    private static double DegreesOf(double variance, double[] alone, Matrix together)
    {
        int count = alone.Length;
        double[] parts = [.. alone.Select((own, i) => own + CompensatedSum.Of(together.Row(i)))];
        double part = CompensatedSum.Of(parts) / count, pair = CompensatedSum.Of(together.Values) / (count * (count - 1.0));
        double byProbes = count / (count - 1.0) * CompensatedSum.Of(parts, own => (own - part) * (own - part));
        double byPairs = (CompensatedSum.Of(together.Values, own => (own - pair) * (own - pair)) - (count * pair * pair)) / 2;
        double open = byProbes - byPairs;
        return open > 0 ? Math.Clamp(2 * variance * variance / open, FewestDegrees, count - 1) : count - 1;
    }
}
