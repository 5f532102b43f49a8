using System.Collections.Immutable;
using System.Globalization;
using BasinVolume.Kernels.Linear;

namespace BasinVolume.Curvature;

/// <summary>
/// The eigenvalues of a symmetric matrix, and what can be said of them given how precisely the matrix was computed.
/// Two spectra are equal when their eigenvalues and tolerances are.
/// </summary>
/// <example>
/// <code>
/// var spectrum = new Spectrum([4, -1, 0], Spectrum.DoubleRoundoff);
/// Console.WriteLine(spectrum.Inertia);   // 1 positive, 1 zero, 1 negative
/// </code>
/// </example>
public sealed record Spectrum
{
    /// <summary>2⁻⁵², the unit roundoff of a matrix computed in double.</summary>
    public const double DoubleRoundoff = 1.0 / (1L << 52);

    /// <summary>2⁻²³, the unit roundoff of a matrix computed in float.</summary>
    public const double SingleRoundoff = 1.0 / (1 << 23);

    /// <summary>2⁻¹⁰, the unit roundoff of a matrix stored in half precision.</summary>
    public const double HalfRoundoff = 1.0 / (1 << 10);

    /// <summary>A spectrum whose tolerance for zero follows from how exactly the matrix is known (<see cref="Exactness.ZeroTolerance"/>).</summary>
    /// <param name="eigenvalues">The n eigenvalues, finite, in any order; copied.</param>
    /// <param name="exactness">How exactly the matrix is known.</param>
    /// <exception cref="MatrixException">An eigenvalue is not finite.</exception>
    public Spectrum(ReadOnlySpan<double> eigenvalues, Exactness exactness)
    {
        ArgumentNullException.ThrowIfNull(exactness);
        Eigenvalues = Sorted(eigenvalues);
        ZeroTolerance = exactness.ZeroTolerance(Order) * LargestMagnitude;
        Inertia = CountSigns();
    }

    /// <summary>The spectrum of a matrix that was computed in one precision.</summary>
    /// <param name="eigenvalues">The n eigenvalues, finite, in any order; copied.</param>
    /// <param name="unitRoundoff">
    /// ε of the precision in which the matrix was computed: <see cref="DoubleRoundoff"/>, <see cref="SingleRoundoff"/> or <see cref="HalfRoundoff"/>.
    /// </param>
    /// <exception cref="MatrixException">An eigenvalue is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">ε is negative or not below 1.</exception>
    public Spectrum(ReadOnlySpan<double> eigenvalues, double unitRoundoff)
        : this(eigenvalues, new Exactness(unitRoundoff))
    {
    }

    private Spectrum(ImmutableArray<double> ascending, double zeroTolerance)
    {
        Eigenvalues = ascending;
        ZeroTolerance = zeroTolerance;
        Inertia = CountSigns();
    }

    /// <summary>The eigenvalues in ascending order.</summary>
    public ImmutableArray<double> Eigenvalues { get; }

    /// <summary>An eigenvalue of at most this magnitude cannot be told from 0. In the units of the matrix.</summary>
    public double ZeroTolerance { get; }

    /// <summary>The numbers of positive, zero and negative eigenvalues at <see cref="ZeroTolerance"/>.</summary>
    public Inertia Inertia { get; }

    /// <summary>n, the order of the matrix.</summary>
    public int Order => Eigenvalues.Length;

    /// <summary>The smallest eigenvalue; 0 for a matrix of order 0.</summary>
    public double Minimum => Order == 0 ? 0 : Eigenvalues[0];

    /// <summary>The largest eigenvalue; 0 for a matrix of order 0.</summary>
    public double Maximum => Order == 0 ? 0 : Eigenvalues[^1];

    /// <summary>max|λ|, the spectral norm of the matrix.</summary>
    public double LargestMagnitude => Math.Max(Math.Abs(Minimum), Math.Abs(Maximum));

    /// <summary>Σλ, the trace of the matrix.</summary>
    public double Trace => CompensatedSum.Of(Eigenvalues.AsSpan());

    /// <summary>√Σλ², the Frobenius norm of the matrix.</summary>
    public double FrobeniusNorm => EuclideanNorm.Of(Eigenvalues.AsSpan());

    /// <summary>
    /// The spectrum of A + μI. The tolerance for zero stays that of A: the shift makes the eigenvalues neither more nor less certain.
    /// </summary>
    /// <param name="shift">μ, finite, in the units of the matrix.</param>
    /// <exception cref="MatrixException">A shifted eigenvalue is not finite.</exception>
    public Spectrum Shifted(double shift)
    {
        double[] shifted = [.. Eigenvalues];
        for (int i = 0; i < shifted.Length; i++)
            shifted[i] += shift;
        return new Spectrum(Sorted(shifted), ZeroTolerance);
    }

    /// <summary>
    /// The same spectrum, with 0 for the negative eigenvalues that cannot be told from it: what a matrix without negative ones is meant to have.
    /// </summary>
    public Spectrum WithoutNegativeZeros()
        => new(ImmutableArray.CreateRange(Eigenvalues, lambda => lambda < 0 && lambda >= -ZeroTolerance ? 0 : lambda), ZeroTolerance);

    /// <summary>Both ends and the inertia, for a person.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Order} eigenvalues, {Minimum:g6} … {Maximum:g6}: {Inertia}");

    /// <summary>Whether eigenvalues and tolerance are the same.</summary>
    public bool Equals(Spectrum? other) =>
        other is not null && ZeroTolerance.Equals(other.ZeroTolerance) && Eigenvalues.AsSpan().SequenceEqual(other.Eigenvalues.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Order, Minimum, Maximum, ZeroTolerance);

    private static ImmutableArray<double> Sorted(ReadOnlySpan<double> eigenvalues)
    {
        for (int i = 0; i < eigenvalues.Length; i++)
        {
            if (!double.IsFinite(eigenvalues[i]))
                throw new MatrixException(NotFinite(i, eigenvalues.Length, eigenvalues[i]));
        }

        return ImmutableArray.Create(eigenvalues).Sort();
    }

    private static string NotFinite(int index, int count, double value) => string.Create(
        CultureInfo.InvariantCulture,
        $"Eigenvalue {index} of {count} is {value} where a finite number is expected: check the matrix that it comes from.");

    private Inertia CountSigns()
    {
        int positive = 0;
        int negative = 0;
        foreach (double eigenvalue in Eigenvalues)
        {
            if (eigenvalue > ZeroTolerance)
                positive++;
            else if (eigenvalue < -ZeroTolerance)
                negative++;
        }

        return new Inertia(positive, Order - positive - negative, negative);
    }
}
