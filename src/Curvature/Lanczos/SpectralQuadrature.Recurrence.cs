using System.Collections.Immutable;
using BasinVolume.Curvature.Dense;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Curvature.Lanczos;

/// <summary>The recurrence's own numbers, of which everything else of a quadrature follows to the last bit: what is kept of one in a file.</summary>
public sealed partial record SpectralQuadrature
{
    /// <summary>α₁ … α_k, the diagonal of T, in the units of the matrix.</summary>
    public ImmutableArray<double> Alphas => [.. _matrix.Diagonal];

    /// <summary>
    /// β₁ … β_k, beside the diagonal of T; the last one is what the recurrence would have gone on with, 0 where it ended in an invariant space.
    /// </summary>
    public ImmutableArray<double> Betas => [.. _matrix.OffDiagonal, _next];

    /// <summary>The quadrature of a recurrence that was taken before.</summary>
    /// <param name="alphas">α, at least one, finite.</param>
    /// <param name="betas">β, as many, at least 0.</param>
    /// <param name="threads">The team to compute with; no result depends on its size.</param>
    /// <param name="cancellation">Checked now and then.</param>
    /// <exception cref="MatrixException">The numbers are none of a recurrence.</exception>
    public static SpectralQuadrature OfRecurrence(
        ReadOnlySpan<double> alphas, ReadOnlySpan<double> betas, HostThreads threads, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(threads);
        if (alphas.Length == 0 || alphas.Length != betas.Length)
            throw new MatrixException(
                $"A recurrence has {alphas.Length} diagonal elements and {betas.Length} beside them, where as many of both are expected, at least one.");
        foreach (double alpha in alphas)
        {
            if (!double.IsFinite(alpha))
                throw new MatrixException($"A recurrence has {alpha} on its diagonal where a finite number is expected.");
        }

        foreach (double beta in betas)
        {
            if (!(double.IsFinite(beta) && beta >= 0))
                throw new MatrixException($"A recurrence has {beta} beside its diagonal where a finite number of at least 0 is expected.");
        }

        return new(new TridiagonalMatrix(alphas.ToArray(), betas[..^1].ToArray()), betas[^1], threads, cancellation);
    }
}
