using BasinVolume.Kernels;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Curvature.Volumes.Rays;

/// <summary>
/// A linear map P with |det P| = 1 that turns directions u on the unit sphere into rays v = P u, and the drift b of these directions:
/// those of b + z, z standard normal, or uniform without drift.
/// It leaves the weighted mean over the rays as it is and decides its variance.
/// </summary>
public interface IRayPreconditioner
{
    /// <summary>What it is called.</summary>
    string Name { get; }

    /// <summary>b, n numbers in the coordinates of u; empty for uniform directions.</summary>
    ReadOnlySpan<double> Drift => [];

    /// <summary>Replaces each row u by P u, in the coordinates of the parameters. Each row's result has the same bits whatever the other rows are.</summary>
    /// <param name="directions">[rays, n], a direction a row; overwritten.</param>
    /// <param name="threads">The team to compute with; no result depends on its size.</param>
    void Apply(Matrix directions, HostThreads threads);
}
