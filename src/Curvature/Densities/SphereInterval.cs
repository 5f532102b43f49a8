using BasinVolume.Curvature.Estimates;

namespace BasinVolume.Curvature.Densities;

/// <summary>How m numbers g_j lie about their mean: sums of powers of their distances g̃_j from it, the higher ones relative to the second.</summary>
/// <param name="Dimension">m.</param>
/// <param name="Length">√Σ g̃².</param>
/// <param name="Third">Σ g̃³/(Σ g̃²)^{3/2}.</param>
/// <param name="Fourth">Σ g̃⁴/(Σ g̃²)².</param>
internal readonly record struct PowerSums(int Dimension, double Length, double Third, double Fourth);

/// <summary>
/// The interval for a trace Σ g_j, of which the mean of p probes y = Σ g_j z_j² is known, z uniform on the sphere of radius √m.
/// </summary>
/// <remarks>
/// The distribution of y is that of its cumulants, which are sums over the same numbers: with g̃ about their mean
/// <code>
/// var y = 2m/(m + 2) Σ g̃²,   third central moment 8m²/((m + 2)(m + 4)) Σ g̃³.
/// </code>
/// The nodes and weights of the probes give these sums as well as the trace, which is worth more than the spread of a few probes: where few numbers dominate, y
/// is skew, and probes that lie low by chance are close together as well, so that Student's interval misses far more often than it says (in 13.7 % of cases
/// instead of 5 % for one dominating number and ten probes). The sums go with the trace: if it is higher than the mean of the probes by d, regression on the
/// sphere says that Σ g̃² is by Σ g̃³/Σ g̃² d and Σ g̃³ by Σ g̃⁴/Σ g̃² d. So each end of the interval is the trace τ that the mean just does not refute,
/// <code>
/// mean − τ = √(V(τ)/p) Q(γ(τ)/√p),
/// </code>
/// Q the 2.5 % or 97.5 % point of a gamma distribution with that skewness, by Wilson and Hilferty's formula (1931). For one dominating number that is
/// the exact interval from χ². What regression leaves open of V makes the normal point in Q Student's, with
/// ν = p (Σ g̃²)²/(Σ g̃⁴ − (Σ g̃³)²/Σ g̃² − (Σ g̃²)²/m) degrees of freedom (Satterthwaite 1946).
///
/// Measured over 4,000 repetitions, intervals for log det(A + μI) and the effective dimension hold in 94.7 % with one dominating eigenvalue and ten
/// probes; with three outliers of both signs and eight probes in 93.8 to 94.7 %, with the trace as control variate in 94.5 to 94.8 %, and with outliers
/// taken out by vectors off by 10⁻³ in 95.2 %. Over 400 repetitions with a spectrum like a network's of order 1,710, ten probes: 95.2 and 95.0 %,
/// deflated 93.2 and 94.5 %.
/// </remarks>
internal sealed class SphereInterval
{
    private readonly PowerSums _sums;
    private readonly int _probes;
    private readonly double _quantile;

    /// <summary>The distribution of the mean.</summary>
    /// <param name="sums">Of the numbers, as the probes give them.</param>
    /// <param name="probes">p, at least 1.</param>
    public SphereInterval(PowerSums sums, int probes)
    {
        (_sums, _probes) = (sums, probes);
        double open = sums.Fourth - (sums.Third * sums.Third) - (1.0 / sums.Dimension);
        // Infinitely many degrees of freedom where nothing is left open.
        _quantile = SampledNumber.Quantile(probes / Math.Max(0, open));
    }

    /// <summary>The standard error of the mean.</summary>
    public double StandardError => _sums.Length * RelativeError;

    private double RelativeError => Math.Sqrt(VarianceAt(0) / _probes);

    /// <summary>The interval.</summary>
    /// <param name="mean">What the mean of the probes lies between.</param>
    public Interval Around(Interval mean)
        => _sums.Length > 0 ? new(mean.Low - (_sums.Length * Reach(-1)), mean.High + (_sums.Length * Reach(1))) : mean;

    // How far from the mean the end on one side lies, in units of the length: side −1 for the lower end.
    private double Reach(int side)
    {
        (double near, double far) = (0, RelativeError);
        while (!IsRefuted(side, far))
            (near, far) = (far, 2 * far);
        for (int i = 0; i < 50; i++)
        {
            double middle = (near + far) / 2;
            (near, far) = IsRefuted(side, middle) ? (near, middle) : (middle, far);
        }

        return far;
    }

    // Of a trace that lies by a distance to that side of the mean.
    private bool IsRefuted(int side, double distance)
    {
        double variance = VarianceAt(side * distance);
        // So far off that the spectrum could not vary at all.
        if (!(variance > 0))
            return true;
        double third = _sums.Third + (_sums.Fourth * side * distance);
        double m = _sums.Dimension, skewness = 8 * m * m / ((m + 2) * (m + 4)) * third / (variance * Math.Sqrt(variance)) / Math.Sqrt(_probes);
        return distance >= Math.Sqrt(variance / _probes) * -side * Point(skewness, -side * _quantile);
    }

    private double VarianceAt(double distance) => 2.0 * _sums.Dimension / (_sums.Dimension + 2) * (1 + (_sums.Third * distance));

    // Of a gamma distribution with mean 0 and variance 1, from the normal point.
    private static double Point(double skewness, double normal)
    {
        // Its limit; the formula divides by the skewness.
        if (Math.Abs(skewness) < 1e-6)
            return normal;
        double root = Math.Max(0, 1 + (skewness * normal / 6) - (skewness * skewness / 36));
        return 2 / skewness * ((root * root * root) - 1);
    }
}
