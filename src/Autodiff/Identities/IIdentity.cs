using BasinVolume.Kernels;

namespace BasinVolume.Autodiff.Identities;

/// <summary>Something that holds exactly for the derivatives of networks of some kind, at any parameters and for any data.</summary>
public interface IIdentity
{
    /// <summary>What it is about, for whoever watches: "softmax shift".</summary>
    string Title { get; }

    /// <summary>Checks it, or says why it does not apply.</summary>
    /// <param name="at">The derivatives.</param>
    /// <param name="progress">Told the share that is done, 0 to 1.</param>
    /// <param name="cancellation">Stops between two blocks of directions.</param>
    IReadOnlyList<IdentityCheck> Check(Derivatives at, IProgress<double>? progress = null, CancellationToken cancellation = default);
}
