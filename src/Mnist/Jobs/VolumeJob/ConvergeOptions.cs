using BasinVolume.Curvature.Stationary;
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

    /// <summary>Tells steps as a share of those that are allowed.</summary>
    /// <param name="progress">Who is told.</param>
    internal IProgress<NewtonStep> Counted(IProgress<double> progress) => new StepCount(Steps, progress);

    private sealed class StepCount(int most, IProgress<double> progress) : IProgress<NewtonStep>
    {
        private int _steps;

        public void Report(NewtonStep value) => progress.Report(++_steps / (double)most);
    }
}
