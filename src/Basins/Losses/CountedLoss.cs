using BasinVolume.Curvature.Volumes.Rays;

namespace BasinVolume.Basins.Losses;

/// <summary>A loss that counts how often it is evaluated.</summary>
/// <param name="loss">The loss.</param>
internal sealed class CountedLoss(ILossAtWeights loss) : ILossAtWeights
{
    /// <summary>Weight vectors so far.</summary>
    public long Evaluations { get; private set; }

    /// <inheritdoc/>
    public int ParameterCount => loss.ParameterCount;

    /// <inheritdoc/>
    public double UnitRoundoff => loss.UnitRoundoff;

    /// <inheritdoc/>
    public void Evaluate(ReadOnlyMemory<double> weights, Memory<double> losses, CancellationToken cancellation)
    {
        Evaluations += losses.Length;
        loss.Evaluate(weights, losses, cancellation);
    }
}
