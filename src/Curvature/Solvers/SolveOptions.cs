namespace BasinVolume.Curvature.Solvers;

/// <summary>How far a linear system is solved.</summary>
/// <param name="Tolerance">‖b − A x‖/‖b‖ that is small enough, above 0 and below 1.</param>
/// <param name="MaxProducts">Products with a direction that a right-hand side may take, at least 1, with the one that tells the true residual.</param>
public sealed record SolveOptions(double Tolerance = 1e-8, int MaxProducts = 1000)
{
    /// <summary>The same, if both are in their ranges.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is not.</exception>
    internal SolveOptions Checked()
    {
        if (!(Tolerance > 0 && Tolerance < 1))
            throw new ArgumentOutOfRangeException(nameof(Tolerance), Tolerance, "The tolerance of a linear system must be above 0 and below 1.");
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxProducts, 1);
        return this;
    }
}
