using BasinVolume.Curvature.Subspaces;
using BasinVolume.Kernels;

namespace BasinVolume.Curvature.Traces;

/// <summary>What is orthogonal to subspaces whose part of a trace is known already: P = I − Σ P_i.</summary>
/// <param name="order">n.</param>
/// <param name="known">Orthogonal to each other; may be none.</param>
internal sealed class Complement(int order, params ReadOnlySpan<ISubspace> known)
{
    private readonly JoinedSubspace _known = new(known);

    /// <summary>n.</summary>
    public int Order => order;

    /// <summary>What it is the complement of.</summary>
    public ISubspace Known => _known;

    /// <summary>Its dimension m.</summary>
    public int Dimension => Math.Max(0, order - _known.Dimension);

    /// <summary>v ← P v for each row v, to rounding relative to the v given.</summary>
    public void Project(Matrix vectors) => _known.RemoveFrom(vectors);
}
