using BasinVolume.Curvature.Maps;
using BasinVolume.Curvature.Subspaces;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Curvature.Lanczos;

/// <summary>
/// Eigenpairs at both ends of the spectrum of a map that is known by its products: Lanczos' recurrence with blocks of directions, both ends from one space, all
/// of whose vectors are kept orthogonal in double (Golub and Underwood 1977; thick restart: Wu and Simon 2000).
/// </summary>
/// <remarks>
/// When the space is full, the Ritz vectors that are asked for and some next to them are kept, more at the end that is further from its goal, and the rest is
/// dropped. Converged pairs are locked: they stay in the space as they are. Their couplings stay in the projected matrix as well, as
/// leaving these out would leave residuals of their size in all pairs found later.
/// <para>
/// The recurrence tells the residuals ‖E s‖ for nothing, and when they meet the goal, each pair's own product decides. An invariant space says nothing of
/// the rest: random directions are multiplied before what was found in it is believed.
/// That nothing was missed is certain for the whole space alone. Equal eigenvalues are met as often as a block has directions.
/// </para>
/// </remarks>
public static class BlockLanczos
{
    /// <summary>Finds eigenpairs. The result has the same bits for any number of threads.</summary>
    /// <param name="map">A, symmetric up to the rounding of its products.</param>
    /// <param name="wanted">Which pairs, how exactly, and what they may cost.</param>
    /// <param name="without">An invariant subspace whose eigenvalues are known and not asked for; null for none.</param>
    /// <param name="threads">The team to compute with.</param>
    /// <param name="progress">Told the share that is done, rising to 1; may be null.</param>
    /// <param name="found">
    /// Told what is known so far whenever a pair has converged and after each restart, so that who cancels keeps that; the residuals are then those of the
    /// recurrence. May be null.
    /// </param>
    /// <param name="cancellation">Checked before each block of products.</param>
    /// <returns>All pairs that were asked for; those that did not converge say so, and the reason says what to do.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number of <paramref name="wanted"/> is not what it may be.</exception>
    /// <exception cref="LanczosException">The least space does not fit in the memory that is allowed.</exception>
    /// <exception cref="MatrixException">A product is not finite, or an eigenvalue exceeds the range of a double.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    /// <example>
    /// <code>
    /// RitzPairs pairs = BlockLanczos.Of(map, new(3, 2, 1e-8), without: null, threads);   // three at the upper end, two at the lower
    /// Console.WriteLine(pairs);
    /// </code>
    /// </example>
    public static RitzPairs Of(
        ILinearMap map,
        EndsWanted wanted,
        ISubspace? without,
        HostThreads threads,
        IProgress<double>? progress = null,
        IProgress<RitzPairs>? found = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(wanted);
        ArgumentNullException.ThrowIfNull(threads);
        wanted.ThrowIfInvalid();
        var ends = Ends.Of(wanted, map.Order - (without?.Dimension ?? 0));
        if (ends.Count == 0)
            return new([], new(0, map.Order), 0, 0, 0, null);
        return new EndSearch(map, wanted, ends, without, threads, progress, found).Run(cancellation);
    }
}
