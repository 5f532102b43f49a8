using System.Globalization;
using BasinVolume.Kernels.Linear;

namespace BasinVolume.Curvature;

/// <summary>
/// The determinant of a symmetric matrix as sign and logarithm, for definite, indefinite and singular matrices alike. Natural logarithms; never a NaN.
/// </summary>
/// <param name="Inertia">The signs of the eigenvalues at the spectrum's tolerance.</param>
/// <param name="PseudoLogAbsolute">
/// The pseudo-log-determinant: Σ log|λ| over the eigenvalues that are not zero, <see cref="Rank"/> in number. 0 for a zero matrix.
/// </param>
/// <param name="ZeroTolerance">An eigenvalue of at most this magnitude counted as zero; in the units of the matrix.</param>
public sealed record LogDeterminant(Inertia Inertia, double PseudoLogAbsolute, double ZeroTolerance)
{
    /// <summary>The log-determinant of a matrix from its spectrum; for A + μI take <see cref="Spectrum.Shifted"/>.</summary>
    /// <param name="spectrum">All eigenvalues of the matrix with their tolerance for zero.</param>
    /// <example>
    /// <code>
    /// LogDeterminant determinant = LogDeterminant.Of(new Spectrum([2, -3], Spectrum.DoubleRoundoff));
    /// Console.WriteLine(determinant);   // log 6 with the sign −1
    /// </code>
    /// </example>
    public static LogDeterminant Of(Spectrum spectrum)
    {
        ArgumentNullException.ThrowIfNull(spectrum);
        ReadOnlySpan<double> eigenvalues = spectrum.Eigenvalues.AsSpan();
        Inertia inertia = spectrum.Inertia;
        double negative = CompensatedSum.Of(eigenvalues[..inertia.Negative], lambda => Math.Log(-lambda));
        double positive = CompensatedSum.Of(eigenvalues[^inertia.Positive..], Math.Log);
        return new LogDeterminant(inertia, negative + positive, spectrum.ZeroTolerance);
    }

    /// <summary>The sign of the determinant: +1, −1, or 0 when an eigenvalue is zero. +1 for a matrix of order 0.</summary>
    public int Sign => Inertia switch
    {
        { Zero: > 0 } => 0,
        { Negative: var negative } => int.IsEvenInteger(negative) ? 1 : -1,
    };

    /// <summary>log|det|; −∞ when <see cref="Sign"/> is 0.</summary>
    public double LogAbsolute => Inertia.Zero > 0 ? double.NegativeInfinity : PseudoLogAbsolute;

    /// <summary>The number of eigenvalues that are not zero.</summary>
    public int Rank => Inertia.Rank;

    /// <summary>Sign and logarithm, for a person.</summary>
    public override string ToString() => Sign == 0
        ? string.Create(CultureInfo.InvariantCulture, $"determinant 0; log |product| of the {Rank} eigenvalues that are not zero {PseudoLogAbsolute:g10}")
        : string.Create(CultureInfo.InvariantCulture, $"log |determinant| {PseudoLogAbsolute:g10}, sign {Sign:+0;-0}");
}
