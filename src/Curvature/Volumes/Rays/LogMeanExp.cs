namespace BasinVolume.Curvature.Volumes.Rays;

/// <summary>
/// The mean of w_i = exp(l_i) as a logarithm, and how far it can be trusted:
///     log mean = l_max + log(Σ exp(l_i − l_max)/N),   effective sample size (Σw)²/Σw²,
///     standard error of the logarithm by the delta method, s(w)/(w̄ √N) = √(N/(N − 1) · (Σw²/(Σw)² − 1/N)).
/// </summary>
/// <param name="LogMean">In nats.</param>
/// <param name="EffectiveSampleSize">1 … N: how many samples really share in the mean. The error means little when it is small.</param>
/// <param name="StandardError">In nats; null for one sample.</param>
internal readonly record struct LogMeanExp(double LogMean, double EffectiveSampleSize, double? StandardError)
{
    /// <summary>The mean of at least one sample, summed in order.</summary>
    public static LogMeanExp Of(double[] logarithms)
    {
        int count = logarithms.Length;
        double largest = logarithms.Max();
        double sum = CompensatedSum.Of(logarithms, l => Math.Exp(l - largest));
        double squares = CompensatedSum.Of(logarithms, l => Math.Exp(2 * (l - largest)));
        double concentration = squares / sum / sum;
        double variance = Math.Max(0, concentration - (1.0 / count));
        return new LogMeanExp(
            largest + Math.Log(sum / count),
            1 / concentration,
            count > 1 ? Math.Sqrt(variance * count / (count - 1)) : null);
    }
}
