namespace BasinVolume.Curvature.Lanczos;

/// <summary>An approximate eigenvalue of a matrix that is known by its products.</summary>
/// <param name="Value">θ, in the units of the matrix.</param>
/// <param name="Residual">
/// ‖A y − θ y‖ of its vector y of length 1: some eigenvalue of A lies in [θ − residual, θ + residual]. It says nothing of eigenvalues that were not met.
/// </param>
public readonly record struct RitzValue(double Value, double Residual);
