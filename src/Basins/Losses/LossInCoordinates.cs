using BasinVolume.Curvature.Volumes.Rays;

namespace BasinVolume.Basins.Losses;

/// <summary>A loss in other coordinates.</summary>
/// <param name="loss">The loss at θ.</param>
/// <param name="coordinates">How many coordinates there are.</param>
/// <param name="weightsOf">From points in these coordinates, one after the other, to weights.</param>
internal sealed class LossInCoordinates(ILossAtWeights loss, int coordinates, Func<ReadOnlyMemory<double>, double[]> weightsOf) : ILossAtWeights
{
    /// <inheritdoc/>
    public int ParameterCount => coordinates;

    /// <inheritdoc/>
    public double UnitRoundoff => loss.UnitRoundoff;

    /// <inheritdoc/>
    public void Evaluate(ReadOnlyMemory<double> weights, Memory<double> losses, CancellationToken cancellation)
        => loss.Evaluate(weightsOf(weights), losses, cancellation);
}
