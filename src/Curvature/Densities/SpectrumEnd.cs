namespace BasinVolume.Curvature.Densities;

/// <summary>By what an end of a spectrum is known.</summary>
public enum SpectrumEndBasis
{
    /// <summary>It was given by who asked.</summary>
    Given,

    /// <summary>The recurrence of a random direction ended in an invariant space: with probability 1 it has met every eigenvalue.</summary>
    Exhausted,

    /// <summary>The probes are a basis, and no eigenvalue beyond it is possible.</summary>
    Certain,

    /// <summary>With probability 1 − <see cref="SpectrumEnd.FailureProbability"/> over the random directions, no eigenvalue lies beyond it.</summary>
    Probable,
}

/// <summary>A number that no eigenvalue of a matrix lies beyond, and by what that is known.</summary>
/// <param name="Value">The number, in the units of the matrix.</param>
/// <param name="Basis">By what it is known.</param>
public readonly record struct SpectrumEnd(double Value, SpectrumEndBasis Basis)
{
    /// <summary>The probability with which a <see cref="SpectrumEndBasis.Probable"/> end does not hold, at each end of the spectrum.</summary>
    public const double FailureProbability = 1e-6;
}
