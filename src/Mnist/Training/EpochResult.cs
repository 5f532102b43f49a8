using System.Globalization;
using System.Numerics;
using BasinVolume.Autodiff;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Data.Samples;

namespace BasinVolume.Mnist.Training;

/// <summary>What an epoch brought.</summary>
/// <param name="Epoch">Counted from 1.</param>
/// <param name="LearningRate">The learning rate during the epoch.</param>
/// <param name="Test">How the model did on the test samples after the epoch; null if there are none.</param>
public sealed record EpochResult(int Epoch, double LearningRate, TestResult? Test);

/// <summary>How a model does on test samples.</summary>
/// <param name="Loss">The average loss.</param>
/// <param name="Correct">How many classes it got right; null where samples have no classes.</param>
/// <param name="Total">Number of samples, or of positions where each has a class.</param>
public sealed record TestResult(double Loss, int? Correct, int Total)
{
    /// <summary>The share of right answers, for a person.</summary>
    public string Right => Correct is { } correct
        ? string.Create(CultureInfo.InvariantCulture, $"{100.0 * correct / Total:f1} % right")
        : string.Create(CultureInfo.InvariantCulture, $"{Total}, which have no classes");

    /// <summary>Shows a model all samples.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="plan">The network with its parameters set.</param>
    /// <param name="test">The samples.</param>
    public static TestResult Of<T>(Plan<T> plan, Dataset test)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(test);
        Evaluation found = Evaluation.Compute(plan, DatasetSamples.All(test));
        return new(found.Loss, test.Layout.HasClasses ? found.Correct : null, found.Total);
    }
}
