using BasinVolume.Kernels;

namespace BasinVolume.Curvature.Subspaces;

/// <summary>A subspace of n coordinates that vectors are kept out of: known zeros, eigenvectors that are found already.</summary>
public interface ISubspace
{
    /// <summary>Its dimension k, 0 … n.</summary>
    int Dimension { get; }

    /// <summary>v ← v − Q Qᵀ v for each row v, Q an orthonormal basis.</summary>
    /// <param name="vectors">[V, n]: one vector a row.</param>
    void RemoveFrom(Matrix vectors);
}
