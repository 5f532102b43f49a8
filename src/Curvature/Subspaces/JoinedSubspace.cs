using BasinVolume.Kernels;

namespace BasinVolume.Curvature.Subspaces;

/// <summary>
/// What several subspaces span that are orthogonal to each other, such as known zeros and eigenvectors that were found outside them.
/// Each is removed after the other: (1 − P₁)(1 − P₂) = 1 − P₁ − P₂ where P₁P₂ = 0.
/// </summary>
/// <param name="subspaces">Orthogonal to each other; may be none.</param>
public sealed class JoinedSubspace(params ReadOnlySpan<ISubspace> subspaces) : ISubspace
{
    private readonly ISubspace[] _subspaces = [.. subspaces];

    /// <inheritdoc/>
    public int Dimension => _subspaces.Sum(subspace => subspace.Dimension);

    /// <inheritdoc/>
    public void RemoveFrom(Matrix vectors)
    {
        foreach (ISubspace subspace in _subspaces)
            subspace.RemoveFrom(vectors);
    }
}
