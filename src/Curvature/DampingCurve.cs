using System.Collections.Immutable;
using BasinVolume.Kernels.Linear;

namespace BasinVolume.Curvature;

/// <summary>log det(A + μI) at one μ.</summary>
/// <param name="Mu">μ, in the units of the matrix.</param>
/// <param name="LogDeterminant">Sign, logarithm and inertia of A + μI; natural logarithms.</param>
/// <param name="Slope">
/// d log|det(A + μI)| / d ln μ = Σ μ/(λ_i + μ): how many eigenvalues lie below μ, softly counted, if none is negative.
/// Null where A + μI is singular and there is no slope.
/// </param>
public sealed record DampingPoint(double Mu, LogDeterminant LogDeterminant, double? Slope);

/// <summary>
/// The log-determinant against the damping: log|det(A + μI)| for several μ. Its slope against ln μ tends to n for large μ, and to the number of zeros between
/// the rounding of the zero eigenvalues and the smallest other ones.
/// </summary>
/// <param name="Points">A point for each μ, in the order in which they were given.</param>
public sealed record DampingCurve(ImmutableArray<DampingPoint> Points)
{
    // The usual grid, in units of max|λ|.
    private const double LowestShare = 1e-10;
    private const double HighestShare = 10;
    private const int UsualCount = 12;

    // |λ + μ|/μ that leaves log|λ + μ| its digits; where a point may be instead.
    private const double LeastDistance = 0.05;
    private const double LargestMove = 0.1;
    private const int Places = 21;

    /// <summary>The curve of a matrix from its spectrum.</summary>
    /// <param name="spectrum">The eigenvalues of A with their tolerance for zero, which is that of A + μI too.</param>
    /// <param name="mus">The dampings, each positive and finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">A μ is not positive and finite.</exception>
    /// <exception cref="MatrixException">A shifted eigenvalue is not finite.</exception>
    /// <example>
    /// <code>
    /// foreach (DampingPoint point in DampingCurve.Of(curvature.Eigenvalues(), [1, 10]).Points)
    ///     Console.WriteLine($"log det(H + {point.Mu} I) = {point.LogDeterminant.LogAbsolute}");
    /// </code>
    /// </example>
    public static DampingCurve Of(Spectrum spectrum, ReadOnlySpan<double> mus)
    {
        ArgumentNullException.ThrowIfNull(spectrum);
        ImmutableArray<DampingPoint>.Builder points = ImmutableArray.CreateBuilder<DampingPoint>(mus.Length);
        foreach (double mu in mus)
            points.Add(At(spectrum, mu));
        return new DampingCurve(points.MoveToImmutable());
    }

    /// <summary>A grid for μ in equal steps of ln μ, both ends included.</summary>
    /// <param name="from">The first μ, positive and finite.</param>
    /// <param name="to">The last μ, positive and finite.</param>
    /// <param name="count">How many, at least 2.</param>
    /// <returns><paramref name="count"/> numbers, from the first to the last.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An end is not positive and finite, or there are fewer than 2.</exception>
    public static double[] Grid(double from, double to, int count)
    {
        ThrowIfNotPositive(from);
        ThrowIfNotPositive(to);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 2);
        double step = (Math.Log(to) - Math.Log(from)) / (count - 1);
        double[] grid = new double[count];
        for (int i = 1; i < count - 1; i++)
            grid[i] = Math.Exp(Math.Log(from) + (i * step));
        (grid[0], grid[^1]) = (from, to);
        return grid;
    }

    /// <summary>
    /// A grid that follows a spectrum: a point in each power of ten from 10⁻¹⁰, well below what rounding leaves visible, to 10 times max|λ|.
    /// A point moves aside, by up to a tenth, where it comes so near to an eigenvalue's negative that log|det(A + μI)| would be noise;
    /// the last one ends where λ + μ would exceed the largest double.
    /// </summary>
    /// <param name="spectrum">The eigenvalues of A.</param>
    /// <returns>Twelve dampings, ascending; none for a zero matrix, which has no scale.</returns>
    public static double[] GridOf(Spectrum spectrum)
    {
        ArgumentNullException.ThrowIfNull(spectrum);
        double largest = spectrum.LargestMagnitude;
        double lowest = LowestShare * largest, highest = Math.Min(HighestShare * largest, double.MaxValue - largest);
        return lowest > 0 && highest > lowest ? [.. Grid(lowest, highest, UsualCount).Select(mu => Aside(spectrum, mu))] : [];
    }

    // The nearest place that is far enough from every −λ, or the farthest of all where −λ lie close together.
    // Larger than the point only below the last one, so that nothing overflows.
    private static double Aside(Spectrum spectrum, double mu)
    {
        double[] places = [.. Enumerable.Range(0, Places).Select(i => mu * (1 - (i * LargestMove / (Places - 1))))];
        return places.Cast<double?>().FirstOrDefault(place => Distance(place!.Value) >= LeastDistance) ?? places.MaxBy(Distance);

        double Distance(double place) => spectrum.Order == 0 ? 1 : spectrum.Eigenvalues.Min(lambda => Math.Abs((lambda / place) + 1));
    }

    private static DampingPoint At(Spectrum spectrum, double mu)
    {
        ThrowIfNotPositive(mu);
        Spectrum shifted = spectrum.Shifted(mu);
        double? slope = shifted.Inertia.Zero > 0 ? null : CompensatedSum.Of(shifted.Eigenvalues.AsSpan(), lambda => mu / lambda);
        return new DampingPoint(mu, LogDeterminant.Of(shifted), slope);
    }

    private static void ThrowIfNotPositive(double mu)
    {
        if (!(mu > 0 && double.IsFinite(mu)))
            throw new ArgumentOutOfRangeException(nameof(mu), mu, "A damping is a positive finite number.");
    }
}
