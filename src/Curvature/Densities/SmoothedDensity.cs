using System.Collections.Immutable;
using BasinVolume.Curvature.Lanczos;

namespace BasinVolume.Curvature.Densities;

/// <summary>
/// The picture of a spectrum beside its band: each node is a Gaussian bell of a stated width, as high as its weight. It is for the eye;
/// what is known is the band.
/// <code>
/// φ(x) = Σ_eigenvalues g_σ(x − λ) ≈ n₀ g_σ(x) + Σ_i g_σ(x − θ_i) + m · mean over probes of Σ_k w_k g_σ(x − θ_k)
/// </code>
/// </summary>
/// <param name="Width">σ, in the units of the matrix.</param>
/// <param name="Grid">x, evenly spaced, ascending.</param>
/// <param name="Density">φ(x), eigenvalues per unit of the matrix: n in all.</param>
public sealed record SmoothedDensity(double Width, ImmutableArray<double> Grid, ImmutableArray<double> Density)
{
    /// <summary>How much of the spectrum's length a width is where nothing else is asked for.</summary>
    public const double UsualShare = 0.01;

    /// <summary>The picture; no further product is taken.</summary>
    /// <param name="quadratures">The probes.</param>
    /// <param name="width">σ, above 0; null for <see cref="UsualShare"/> of the length of what was met of the spectrum.</param>
    /// <param name="points">Points of the grid, at least 2; it goes four widths beyond what was met.</param>
    public static SmoothedDensity Of(ProbeQuadratures quadratures, double? width = null, int points = 401)
    {
        ArgumentNullException.ThrowIfNull(quadratures);
        ArgumentOutOfRangeException.ThrowIfLessThan(points, 2);
        double low = quadratures.Smallest, high = quadratures.Largest;
        double sigma = width ?? UsualWidth(low, high);
        if (!(sigma > 0 && double.IsFinite(sigma)))
            throw new ArgumentOutOfRangeException(nameof(width), sigma, "The width σ must be a finite number above 0.");
        (low, high) = (low - (4 * sigma), high + (4 * sigma));
        double[] grid = [.. Enumerable.Range(0, points).Select(i => low + ((high - low) * i / (points - 1)))];
        double[] density = new double[points];
        Add(0, quadratures.Zeros);
        foreach (RitzPair pair in quadratures.Deflated)
            Add(pair.Value, 1);
        foreach (SpectralQuadrature probe in quadratures.Probes)
        {
            for (int k = 0; k < probe.Nodes.Length; k++)
                Add(probe.Nodes[k], (double)quadratures.Dimension / quadratures.Probes.Length * probe.Weights[k]);
        }

        return new(sigma, [.. grid], [.. density]);

        void Add(double centre, double mass)
        {
            double height = mass / (sigma * Math.Sqrt(2 * Math.PI));
            for (int i = 0; i < points; i++)
            {
                double distance = (grid[i] - centre) / sigma;
                density[i] += height * Math.Exp(-distance * distance / 2);
            }
        }
    }

    // One eigenvalue alone has no length; then its size has, or 1.
    private static double UsualWidth(double low, double high)
    {
        double length = high - low, size = Math.Max(Math.Abs(low), Math.Abs(high));
        return UsualShare * (length > 0 ? length : size > 0 ? size : 1);
    }
}
