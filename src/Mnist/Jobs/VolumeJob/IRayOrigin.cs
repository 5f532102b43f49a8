using BasinVolume.Autodiff.Networks;
using BasinVolume.Basins;
using BasinVolume.Basins.Losses;
using BasinVolume.Kernels;

namespace BasinVolume.Mnist.Jobs.VolumeJob;

/// <summary>Where the rays come from that a job goes on with.</summary>
internal interface IRayOrigin
{
    /// <summary>Looks at what the job has, before anything is computed.</summary>
    /// <param name="options">What is asked.</param>
    /// <param name="source">The Hessian and what belongs to it.</param>
    /// <param name="setting">The constants.</param>
    /// <param name="network">The network.</param>
    /// <param name="opened">The network at work.</param>
    /// <exception cref="ExplainedException">It is not what the rays are of.</exception>
    void Check(VolumeOptions options, DenseSource source, VolumeSetting setting, Network network, NetworkAtWork opened);

    /// <summary>What the rays tell.</summary>
    /// <param name="study">Follows them, or tells what followed ones say.</param>
    /// <param name="weights">θ* of all parameters.</param>
    /// <param name="weightDecay">λ of the loss.</param>
    RayResult Of(RayStudy study, double[] weights, double weightDecay);
}

/// <summary>They are followed here.</summary>
internal sealed class FollowedRays : IRayOrigin
{
    /// <inheritdoc/>
    public void Check(VolumeOptions options, DenseSource source, VolumeSetting setting, Network network, NetworkAtWork opened)
    {
    }

    /// <inheritdoc/>
    public RayResult Of(RayStudy study, double[] weights, double weightDecay) => study.Run(weights, weightDecay);
}
