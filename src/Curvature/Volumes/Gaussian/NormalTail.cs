using MathNet.Numerics;

namespace BasinVolume.Curvature.Volumes.Gaussian;

/// <summary>
/// The tail of the standard normal distribution by Mills' ratio m(t) = Φ(−t)/φ(t), which neither underflows nor overflows:
///     m(t) = 1/(t + r),   r = 1/(t + 2/(t + 3/(t + …)))   (Laplace's continued fraction).
/// From t = 4 on, 64 levels of it are exact to a double; below, the complementary error function is.
/// </summary>
internal static class NormalTail
{
    private const double FractionFrom = 4;
    private const int Levels = 64;

    private static readonly double HalfLogTwoPi = Math.Log(2 * Math.PI) / 2;

    /// <summary>log φ(t) = −t²/2 − ½ log 2π.</summary>
    public static double LogDensity(double t) => (-t * t / 2) - HalfLogTwoPi;

    /// <summary>log Φ(x), for any finite x.</summary>
    public static double LogCdf(double x) => x <= 0
        ? LogDensity(x) + Math.Log(MillsRatio(-x))
        : SpecialFunctions.Log1p(-Math.Exp(LogCdf(-x)));

    /// <summary>m(t), t ≥ 0.</summary>
    public static double MillsRatio(double t) => t < FractionFrom
        ? SpecialFunctions.Erfc(t / Math.Sqrt(2)) / 2 / Math.Exp(LogDensity(t))
        : 1 / (t + Remainder(t));

    /// <summary>1/t − m(t), t &gt; 0, without the cancellation: r/(t(t + r)) where the fraction serves.</summary>
    public static double MillsDeficit(double t)
    {
        if (t < FractionFrom)
            return (1 / t) - MillsRatio(t);
        double r = Remainder(t);
        return r / (t + r) / t;
    }

    private static double Remainder(double t)
    {
        double r = 0;
        for (int level = Levels; level > 0; level--)
            r = level / (t + r);
        return r;
    }
}
