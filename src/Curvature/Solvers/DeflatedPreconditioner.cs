using System.Globalization;
using BasinVolume.Curvature.Lanczos;
using BasinVolume.Curvature.Subspaces;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Linear;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Curvature.Solvers;

/// <summary>
/// M = Σ d_i q_i q_iᵀ + s (1 − Σ q_i q_iᵀ) for a matrix A + cI of whose A pairs (θ_i, q_i) are known: d_i = |θ_i + c|, positive definite for a matrix that is
/// not, and a scaled identity elsewhere, so that
/// <code>
/// M⁻¹ v = v/s + Σ (1/d_i − 1/s) (q_iᵀ v) q_i.
/// </code>
/// Where the q_i are eigenvectors, M⁻¹(A + cI) has them with the eigenvalues ±1. The others of A lie between the innermost pairs of both ends; with s the
/// larger magnitude of these two the rest is at most about 1 as well: what made the system ill-conditioned from above is gone.
/// Where the q_i are not exactly eigenvectors M is positive definite all the same.
/// </summary>
public sealed class DeflatedPreconditioner : IPreconditioner
{
    private readonly Matrix _vectors;
    private readonly double[] _factors;
    private readonly double _inverse;
    private readonly HostThreads? _threads;

    /// <summary>The preconditioner of A + cI.</summary>
    /// <param name="pairs">Pairs of A, at either end or at both; there may be none, and M is 1 then.</param>
    /// <param name="shift">c.</param>
    /// <param name="threads">The team to compute with; null for the caller's thread alone.</param>
    /// <exception cref="MatrixException">A value or the shift is not finite.</exception>
    public DeflatedPreconditioner(RitzPairs pairs, double shift, HostThreads? threads = null)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        double[] shifted = [.. pairs.Pairs.Select(pair => pair.Value + shift)];
        if (shifted.Any(value => !double.IsFinite(value)))
            throw new MatrixException(string.Create(
                CultureInfo.InvariantCulture,
                $"An eigenvalue with the shift {shift} is not finite: take pairs of a finite matrix and a finite shift."));
        double largest = shifted.Select(Math.Abs).DefaultIfEmpty(0).Max();
        // A pair that the shift cancels is no smaller than the rounding of the others.
        double[] magnitudes = [.. shifted.Select(value => Math.Max(Math.Abs(value), Spectrum.DoubleRoundoff * largest))];
        double elsewhere = Elsewhere(magnitudes, pairs.FromBelow);
        Magnitudes = (largest > 0 ? elsewhere : 1, largest > 0 ? largest : 1);
        (_vectors, _inverse, _threads) = (pairs.Vectors, 1 / Magnitudes.Elsewhere, threads);
        // In units of s: M⁻¹ v = (v + Σ (s/d_i − 1) (q_iᵀ v) q_i)/s.
        _factors = [.. magnitudes.Select(magnitude => largest > 0 ? (elsewhere / magnitude) - 1 : 0)];
    }

    /// <summary>s, and the largest d_i.</summary>
    public (double Elsewhere, double Largest) Magnitudes { get; }

    /// <inheritdoc/>
    /// <exception cref="MatrixException">The vectors have another length than those of the pairs.</exception>
    public void Apply(Matrix vectors)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        AlongBasis.Add(_vectors, _factors, vectors, _threads);
        Vectors.Scale(vectors.Values, _inverse);
    }

    // The innermost pair of each end.
    private static double Elsewhere(double[] magnitudes, int fromBelow) => (fromBelow, magnitudes.Length - fromBelow) switch
    {
        (0, 0) => 0,
        (0, _) => magnitudes[0],
        (_, 0) => magnitudes[^1],
        _ => Math.Max(magnitudes[fromBelow - 1], magnitudes[fromBelow]),
    };
}
