namespace BasinVolume.Curvature.Volumes.Rays;

/// <summary>A loss that can be asked for many weight vectors at once.</summary>
public interface ILossAtWeights
{
    /// <summary>n, the number of weights.</summary>
    int ParameterCount { get; }

    /// <summary>
    /// The relative rounding of a loss: <see cref="Spectrum.DoubleRoundoff"/> or <see cref="Spectrum.SingleRoundoff"/>.
    /// Smaller differences are not taken for a fall of the loss.
    /// </summary>
    double UnitRoundoff { get; }

    /// <summary>The losses of several weight vectors. A vector's loss must have the same bits whatever other vectors it comes with.</summary>
    /// <param name="weights">The vectors one after the other, n elements each.</param>
    /// <param name="losses">Receives a loss for each; its length is their number.</param>
    /// <param name="cancellation">Stops the computation.</param>
    void Evaluate(ReadOnlyMemory<double> weights, Memory<double> losses, CancellationToken cancellation);
}
