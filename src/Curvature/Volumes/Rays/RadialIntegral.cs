using MathNet.Numerics.Integration;

namespace BasinVolume.Curvature.Volumes.Rays;

/// <summary>
/// log ∫₀^R t^(n−1) exp(−t²/2 − q t) dt, the mass of a normal density along a ray. The logarithm f of the integrand is concave with its maximum where t² + q t
/// = n − 1; where f lies 45 below its maximum on [0, R] the rest is below a double's rounding. Between these points each side of the maximum takes one
/// Gauss–Legendre rule of 64 points.
/// For q = 0 the integral is 2^(n/2 − 1) times the lower incomplete gamma function of n/2 and R²/2.
/// </summary>
internal static class RadialIntegral
{
    private const double Depth = 45;
    private const int Bisections = 60;

    private static readonly GaussLegendreRule Rule = new(-1, 1, 64);

    /// <summary>The logarithm of the integral.</summary>
    /// <param name="dimension">n ≥ 1.</param>
    /// <param name="end">R &gt; 0, or infinity.</param>
    /// <param name="slope">q.</param>
    public static double Log(int dimension, double end, double slope)
    {
        double power = dimension - 1;
        double F(double t) => (power == 0 ? 0 : power * Math.Log(t)) - (t * ((t / 2) + slope));
        double top = Math.Min(Mode(power, slope), end);
        double height = F(top);
        double floor = height - Depth;
        double left = F(0) >= floor ? 0 : Boundary(F, floor, inside: top, outside: 0);
        double right = end;
        if (double.IsPositiveInfinity(end) || F(end) < floor)
        {
            double beyond = 1;
            while (F(top + beyond) >= floor)
                beyond *= 2;
            right = Boundary(F, floor, inside: top, outside: Math.Min(end, top + beyond));
        }

        return height + Math.Log(Integral(F, height, left, top) + Integral(F, height, top, right));
    }

    /// <summary>The positive root of t² + q t = power, or 0; written so that nothing cancels.</summary>
    private static double Mode(double power, double slope)
    {
        double root = Math.Sqrt((slope * slope) + (4 * power));
        return slope > 0 ? 2 * power / (slope + root) : (root - slope) / 2;
    }

    private static double Boundary(Func<double, double> f, double floor, double inside, double outside)
    {
        for (int k = 0; k < Bisections; k++)
        {
            double middle = (inside + outside) / 2;
            if (f(middle) >= floor)
                inside = middle;
            else
                outside = middle;
        }

        return outside;
    }

    private static double Integral(Func<double, double> f, double height, double from, double to)
    {
        double half = (to - from) / 2;
        double sum = 0;
        for (int k = 0; k < Rule.Order; k++)
            sum += Rule.GetWeight(k) * Math.Exp(f(from + (half * (1 + Rule.GetAbscissa(k)))) - height);
        return sum * half;
    }
}
