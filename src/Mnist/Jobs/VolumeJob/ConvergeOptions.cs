using BasinVolume.Mnist.Options;

namespace BasinVolume.Mnist.Jobs.VolumeJob;

/// <summary>How a run's weights are moved to a stationary point before their volumes are computed.</summary>
/// <param name="Tolerance">|g| that counts as zero.</param>
/// <param name="Steps">Newton steps after which it gives up.</param>
public sealed record ConvergeOptions(double Tolerance, int Steps)
{
    /// <summary>Checks both against their ranges.</summary>
    /// <exception cref="OptionException">One is outside.</exception>
    public void Check()
    {
        NumberRanges.Positive.Demand("--converge-tolerance", Tolerance);
        NumberRanges.Count.Demand("--converge-steps", Steps);
    }
}
