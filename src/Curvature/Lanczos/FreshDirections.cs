using BasinVolume.Curvature.Sampling;
using BasinVolume.Curvature.Subspaces;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Curvature.Lanczos;

/// <summary>
/// Random directions: those that a search begins with, and those that take the place of what depends on the space kept. A space that depends on itself is
/// invariant, and there is no other way to hear of the rest.
/// </summary>
internal sealed class FreshDirections(LongRows products, ulong seed, HostThreads threads)
{
    /// <summary>The random vectors of this file are those of their seed from here on; others count from 0.</summary>
    private const ulong FirstVector = VectorRanges.LanczosBlocks;

    private ulong _drawn;

    /// <summary>Draws rows of a length near 1, none of which has been drawn before.</summary>
    public void Draw(RowRange rows)
    {
        threads.Run(rows.Count, new DrawWork(rows, seed, FirstVector + _drawn));
        products.Scale(rows, 1 / Math.Sqrt(rows.Row(0).Length));
        _drawn += (ulong)rows.Count;
    }

    private readonly struct DrawWork(RowRange rows, ulong seed, ulong first) : IPartitionedWork
    {
        public void Run(int part) => NormalVectors.Fill(seed, first + (ulong)part, rows.Row(part));
    }
}
