using System.Globalization;
using BasinVolume.Curvature.Volumes.Splitting;
using BasinVolume.Report.Findings;

namespace BasinVolume.Mnist.Jobs.VolumeJob;

/// <summary>Tells how far populations have come down: how many levels it takes nobody knows, and the last ones may lie close together.</summary>
/// <param name="view">Who is told.</param>
internal sealed class LevelCount(IRunView view) : IProgress<SplittingLevel>
{
    /// <inheritdoc/>
    public void Report(SplittingLevel value) => view.Tell(string.Create(
        CultureInfo.InvariantCulture,
        $"level {value.Number} at a loss of {value.Highest:g4}, {value.Above} of {value.Populations} populations above {value.Height:g4}"));
}
