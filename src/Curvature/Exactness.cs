namespace BasinVolume.Curvature;

/// <summary>How exactly a symmetric matrix is known, from which follows how small an eigenvalue cannot be told from zero.</summary>
public sealed record Exactness
{
    /// <summary>A matrix whose elements are right to ε of the largest of them.</summary>
    /// <param name="unitRoundoff">ε, such as <see cref="Spectrum.DoubleRoundoff"/> for what was computed in double.</param>
    /// <exception cref="ArgumentOutOfRangeException">ε is negative or not below 1.</exception>
    public Exactness(double unitRoundoff) => UnitRoundoff = Checked(unitRoundoff, nameof(unitRoundoff), "A unit roundoff lies between 0 and 1.");

    /// <summary>ε, the rounding of the elements in units of the largest.</summary>
    public double UnitRoundoff { get; }

    /// <summary>What is known of the eigenvalues by themselves: zeros are right to so many units of max|λ|. Null where that follows from ε.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or not below 1.</exception>
    public double? StatedZeroTolerance
    {
        get;
        init => field = value is { } stated ? Checked(stated, nameof(value), "A tolerance for zero lies between 0 and 1, in units of max|λ|.") : null;
    }

    /// <summary>
    /// The largest magnitude of an eigenvalue that cannot be told from 0, in units of max|λ|: the larger of n·2⁻⁵², what solving for eigenvalues in double may
    /// leave, and what the matrix's own rounding may have made of a zero. That is √n·ε, if it was not stated:
    /// an error E with |e_ij| ≤ ε|a_ij| has ‖E‖ ≤ ε‖A‖_F ≤ √n·ε·‖A‖, and a random one of at most ε max|a_ij| about √n·ε·max|a_ij|.
    /// </summary>
    /// <param name="order">n.</param>
    public double ZeroTolerance(int order) => Math.Max(order * Spectrum.DoubleRoundoff, StatedZeroTolerance ?? (Math.Sqrt(order) * UnitRoundoff));

    private static double Checked(double value, string name, string expected)
        => value is >= 0 and < 1 ? value : throw new ArgumentOutOfRangeException(name, value, expected);
}
