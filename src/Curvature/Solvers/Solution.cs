namespace BasinVolume.Curvature.Solvers;

/// <summary>What was found of a linear system A x = b.</summary>
/// <param name="Vector">x, n elements; the best that was found where there is a reason.</param>
/// <param name="Residual">‖b − A x‖, from a product with x itself.</param>
/// <param name="RelativeResidual">The same relative to ‖b‖; 0 for b = 0.</param>
/// <param name="Products">Products with a direction that it took, that one included.</param>
/// <param name="Reason">Why the residual does not meet the tolerance, and what to do; null if it does.</param>
public sealed record Solution(double[] Vector, double Residual, double RelativeResidual, int Products, string? Reason)
{
    /// <summary>Whether the residual meets the tolerance.</summary>
    public bool IsConverged => Reason is null;
}
