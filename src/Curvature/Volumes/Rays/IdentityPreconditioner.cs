using BasinVolume.Kernels;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Curvature.Volumes.Rays;

/// <summary>
/// P = I. In high dimension a sample misses the few long directions that hold most of the volume: it comes out low, for a quadratic by about (n/2)
/// log(arithmetic/geometric mean of the eigenvalues).
/// </summary>
public sealed class IdentityPreconditioner : IRayPreconditioner
{
    /// <inheritdoc/>
    public string Name => "identity";

    /// <inheritdoc/>
    public void Apply(Matrix directions, HostThreads threads)
    {
    }
}
