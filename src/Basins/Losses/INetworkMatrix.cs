using BasinVolume.Autodiff.Networks;
using BasinVolume.Curvature.Maps;
using BasinVolume.Kernels;

namespace BasinVolume.Basins.Losses;

/// <summary>Second derivatives of a network's loss: products of them all, and the block of a tensor. No matrix of all is held.</summary>
public interface INetworkMatrix : ILinearMap
{
    /// <summary>The network.</summary>
    Network Network { get; }

    /// <summary>Whether it has no negative eigenvalue whatever the parameters are.</summary>
    bool IsPositiveSemidefinite { get; }

    /// <summary>The diagonal block of a tensor.</summary>
    /// <param name="tensor">The tensor, one of the network's.</param>
    /// <param name="cancellation">Stops between two blocks of directions.</param>
    /// <returns>[m, m] for its m elements.</returns>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    Matrix Block(Parameter tensor, CancellationToken cancellation);
}
