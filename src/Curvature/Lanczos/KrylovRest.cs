using BasinVolume.Curvature.Subspaces;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Curvature.Lanczos;

/// <summary>
/// What a search for eigenpairs has met beside them: directions orthogonal to the pairs and to each other, near the ends of the spectrum, whose products were
/// taken. Their part of a trace, Σ q_iᵀ A q_i, is known without another product.
/// </summary>
public sealed class KrylovRest : ISubspace
{
    private readonly SpannedSubspace _span;

    internal KrylovRest(RowRange orthonormal, double trace, HostThreads threads)
        => (_span, Trace) = (new(orthonormal, threads), trace);

    /// <inheritdoc/>
    public int Dimension => _span.Dimension;

    /// <summary>Σ q_iᵀ A q_i, in the units of the matrix.</summary>
    public double Trace { get; }

    /// <inheritdoc/>
    /// <exception cref="MatrixException">The vectors have another length.</exception>
    public void RemoveFrom(Matrix vectors) => _span.RemoveFrom(vectors);
}
