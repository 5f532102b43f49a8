namespace BasinVolume.Curvature;

/// <summary>How many eigenvalues of a symmetric matrix are positive, zero and negative. Sylvester: no change of coordinates alters it.</summary>
/// <param name="Positive">Eigenvalues above the tolerance.</param>
/// <param name="Zero">Eigenvalues that cannot be told from 0.</param>
/// <param name="Negative">Eigenvalues below minus the tolerance.</param>
public readonly record struct Inertia(int Positive, int Zero, int Negative)
{
    /// <summary>The order of the matrix.</summary>
    public int Order => Positive + Zero + Negative;

    /// <summary>Eigenvalues that are not zero.</summary>
    public int Rank => Positive + Negative;

    /// <summary>The three numbers, for a person.</summary>
    public override string ToString() => $"{Positive} positive, {Zero} zero, {Negative} negative";

    /// <summary>Whether every eigenvalue is positive; so too for a matrix of order 0.</summary>
    public bool IsPositiveDefinite => Rank == Positive && Zero == 0;
}
