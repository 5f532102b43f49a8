using System.Collections.Immutable;

namespace BasinVolume.Curvature;

/// <summary>log det(A + μI) at one μ.</summary>
/// <param name="Mu">μ, in the units of the matrix.</param>
/// <param name="LogDeterminant">Sign, logarithm and inertia of A + μI; natural logarithms.</param>
/// <param name="Slope">
/// d log|det(A + μI)| / d ln μ = Σ μ/(λ_i + μ): how many eigenvalues lie below μ, softly counted, if none is negative. Null where A + μI is singular and there is no slope.
/// </param>
public sealed record DampingPoint(double Mu, LogDeterminant LogDeterminant, double? Slope);

/// <summary>
/// The log-determinant against the damping: log|det(A + μI)| for several μ. Its slope against ln μ tends to n for large μ, and to the number of zeros between the
/// rounding of the zero eigenvalues and the smallest other ones.
/// </summary>
/// <param name="Points">A point for each μ, in the order in which they were given.</param>
public sealed record DampingCurve(ImmutableArray<DampingPoint> Points)
{
    /// <summary>The curve of a matrix from its spectrum.</summary>
    /// <param name="spectrum">The eigenvalues of A with their tolerance for zero, which is that of A + μI too.</param>
    /// <param name="mus">The dampings, each positive and finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">A μ is not positive and finite.</exception>
    /// <exception cref="MatrixException">A shifted eigenvalue is not finite.</exception>
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
