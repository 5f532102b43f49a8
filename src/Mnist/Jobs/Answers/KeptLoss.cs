using BasinVolume.Curvature.Volumes.Rays;
using BasinVolume.Report.Runs;

namespace BasinVolume.Mnist.Jobs.Answers;

/// <summary>A loss whose values at weight vectors are asked through a journal.</summary>
/// <param name="loss">The loss.</param>
/// <param name="journal">The journal.</param>
/// <param name="name">What the loss is called in it.</param>
internal sealed class KeptLoss(ILossAtWeights loss, Journal journal, string name) : ILossAtWeights
{
    /// <inheritdoc/>
    public int ParameterCount => loss.ParameterCount;

    /// <inheritdoc/>
    public double UnitRoundoff => loss.UnitRoundoff;

    /// <inheritdoc/>
    public void Evaluate(ReadOnlyMemory<double> weights, Memory<double> losses, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        journal.Ask(Journal.Question(name, weights), losses, () => loss.Evaluate(weights, losses, cancellation));
    }
}
