using System.Collections.Immutable;

namespace BasinVolume.Curvature;

/// <summary>
/// The eigenvalues that stand apart from the bulk of a spectrum: the largest in magnitude, down to the last gap that is wider than one and a half times the
/// spread of the ten eigenvalues behind it.
/// </summary>
/// <remarks>
/// The edge of a theory needs its noise: the semicircle of the same Frobenius norm is wrong for a positive matrix, whose noise is Marchenko and Pastur's, and
/// that one's aspect ratio and its share of zeros are not known of a Hessian. What all of them share is a bulk that ends like a square root, where the k-th
/// eigenvalue lies about k^⅔ spacings inside: the gap between neighbours is then about a fifth of the spread of the ten behind, and one of half as much again
/// as the spread was met once in 9,660 spectra of noise (Wishart matrices of order 12 to 300 with a quarter to ten times as many samples, with and without a
/// block of zeros, and Wigner matrices of order 12 to 300). Magnitudes are compared, zeros are left out, at most a quarter of the spectrum is apart, and shift
/// and scale of the bulk play no part.
/// </remarks>
/// <param name="Eigenvalues">The outliers, the largest in magnitude first; none where too few eigenvalues make a bulk.</param>
/// <param name="Beyond">The largest magnitude in the bulk, in the units of the matrix: outliers lie beyond it.</param>
public sealed record Outliers(ImmutableArray<double> Eigenvalues, double Beyond)
{
    // The neighbours whose spread a gap is measured by, how much wider it must be, and the largest share of a spectrum that can be apart from the rest.
    private const int Neighbours = 10;
    private const double LeastGap = 1.5;
    private const int LeastBulk = 4;

    /// <summary>The outliers of a spectrum.</summary>
    /// <param name="spectrum">All eigenvalues with their tolerance for zero, below which no gap is told from rounding.</param>
    public static Outliers Of(Spectrum spectrum)
    {
        ArgumentNullException.ThrowIfNull(spectrum);
        double[] descending = [.. spectrum.Eigenvalues.Where(lambda => Math.Abs(lambda) > spectrum.ZeroTolerance).OrderByDescending(Math.Abs)];
        int count = 0;
        for (int k = 1; k <= descending.Length / LeastBulk && k + Neighbours < descending.Length; k++)
        {
            double gap = Width(k - 1, k);
            if (gap > spectrum.ZeroTolerance && gap >= LeastGap * Width(k, k + Neighbours))
                count = k;
        }

        return new([.. descending[..count]], count < descending.Length ? Math.Abs(descending[count]) : 0);

        double Width(int from, int to) => Math.Abs(descending[from]) - Math.Abs(descending[to]);
    }
}
