using System.Globalization;
using BasinVolume.Curvature.Stationary;
using BasinVolume.Mnist.Options;
using BasinVolume.Report.Findings;

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

    /// <summary>Tells the gradient after each step: how many steps it takes to make it small nobody knows.</summary>
    /// <param name="view">Who is told.</param>
    internal static IProgress<NewtonStep> Told(IRunView view) => new StepCount(view);

    private sealed class StepCount(IRunView view) : IProgress<NewtonStep>
    {
        private int _steps;

        public void Report(NewtonStep value) => view.Tell(string.Create(
            CultureInfo.InvariantCulture, $"step {++_steps}, |g| {value.GradientNorm:g3}, loss {value.Loss:g6}"));
    }
}
