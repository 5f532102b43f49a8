using BasinVolume.Curvature.Lanczos;
using BasinVolume.Curvature.Subspaces;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Curvature.Solvers;

/// <summary>
/// M = 1 + Σ (d_i/s − 1) q_i q_iᵀ for a matrix A + cI of whose A pairs (θ_i, q_i) are known: d_i = |θ_i + c|, positive definite for a matrix that is not, in
/// units of a magnitude s, so that it is the identity elsewhere and
/// <code>
/// M⁻¹ v = v + Σ (s/d_i − 1) (q_iᵀ v) q_i.
/// </code>
/// Where the q_i are eigenvectors, M⁻¹(A + cI) has them with the eigenvalues ±s. The others of A lie between the innermost pairs of both ends; with s the
/// larger magnitude of these two the rest is at most about s as well: what made the system ill-conditioned from above is gone.
/// Where the q_i are not exactly eigenvectors M is positive definite all the same.
/// </summary>
public sealed class DeflatedPreconditioner : IPreconditioner
{
    private readonly RowRange _vectors;
    private readonly double[] _factors;
    private readonly HostThreads? _threads;

    /// <summary>The preconditioner of A + cI.</summary>
    /// <param name="pairs">Pairs of A, at either end or at both; there may be none, and M is 1 then.</param>
    /// <param name="shift">c.</param>
    /// <param name="threads">The team to compute with; null for the caller's thread alone.</param>
    /// <exception cref="MatrixException">A value or the shift is not finite.</exception>
    public DeflatedPreconditioner(RitzPairs pairs, double shift, HostThreads? threads = null)
        : this(Checked(pairs).Vectors, [.. pairs.Pairs.Select(pair => pair.Value + shift)], pairs.FromBelow, threads)
    {
    }

    private DeflatedPreconditioner(Matrix vectors, double[] values, int fromBelow, HostThreads? threads)
    {
        if (values.Any(value => !double.IsFinite(value)))
            throw new MatrixException("An eigenvalue with its shift is not finite: take pairs of a finite matrix, and a finite shift.");
        (_vectors, _threads) = (RowRange.Of(vectors), threads);
        double largest = values.Select(Math.Abs).DefaultIfEmpty(0).Max();
        // A pair that the shift cancels is no smaller than the rounding of the others.
        double[] magnitudes = [.. values.Select(value => Math.Max(Math.Abs(value), Spectrum.DoubleRoundoff * largest))];
        Scale = largest > 0 ? Innermost(magnitudes, fromBelow) : 1;
        _factors = [.. magnitudes.Select(magnitude => largest > 0 ? (Scale / magnitude) - 1 : 0)];
    }

    /// <summary>s, in the units of A; 1 where nothing is known.</summary>
    public double Scale { get; }

    /// <summary>From the largest of all eigenpairs of a dense matrix.</summary>
    /// <param name="eigenpairs">All of A.</param>
    /// <param name="count">How many of the largest at most; no more than are above 0.</param>
    /// <param name="threads">The team to compute with.</param>
    /// <exception cref="MatrixException">Eigenvectors are missing.</exception>
    public static DeflatedPreconditioner OfLargest(Eigenpairs eigenpairs, int count, HostThreads? threads = null)
    {
        ArgumentNullException.ThrowIfNull(eigenpairs);
        eigenpairs.ThrowIfNotComplete();
        int n = eigenpairs.Count, taken = Math.Min(count, eigenpairs.Eigenvalues.Count(value => value > 0));
        var vectors = new Matrix(taken, n);
        for (int k = 0; k < taken; k++)
            eigenpairs.Vector(n - taken + k).CopyTo(vectors.Row(k));
        return new(vectors, [.. eigenpairs.Eigenvalues[^taken..]], fromBelow: 0, threads);
    }

    /// <inheritdoc/>
    /// <exception cref="MatrixException">The vectors have another length than those of the pairs.</exception>
    public void Apply(Matrix vectors) => AlongBasis.Add(_vectors, _factors, vectors, _threads);

    private static RitzPairs Checked(RitzPairs pairs)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        return pairs;
    }

    // The larger one of each end's innermost pair.
    private static double Innermost(double[] magnitudes, int fromBelow) => (fromBelow, magnitudes.Length - fromBelow) switch
    {
        (0, _) => magnitudes[0],
        (_, 0) => magnitudes[^1],
        _ => Math.Max(magnitudes[fromBelow - 1], magnitudes[fromBelow]),
    };
}
