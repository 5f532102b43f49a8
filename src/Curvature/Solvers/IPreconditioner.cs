using BasinVolume.Kernels;

namespace BasinVolume.Curvature.Solvers;

/// <summary>
/// A symmetric positive definite M that is like |A|, by its inverse. It decides how many products a system needs, and changes no solution.
/// </summary>
public interface IPreconditioner
{
    /// <summary>v ← M⁻¹ v for each row.</summary>
    /// <param name="vectors">[V, n].</param>
    void Apply(Matrix vectors);
}
