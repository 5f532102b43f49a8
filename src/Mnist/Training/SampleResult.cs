using System.Globalization;
using System.Numerics;
using BasinVolume.Autodiff;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Data.Samples;

namespace BasinVolume.Mnist.Training;

/// <summary>How a model does on samples.</summary>
/// <param name="Loss">The loss: the average, or as the samples' weights have it.</param>
/// <param name="Correct">How many classes it got right; null where samples have no classes.</param>
/// <param name="Total">Number of samples, or of positions where each has a class.</param>
public sealed record SampleResult(double Loss, int? Correct, int Total)
{
    /// <summary>The share of right answers, for a person.</summary>
    public string Right => Correct is { } correct
        ? string.Create(CultureInfo.InvariantCulture, $"{100.0 * correct / Total:f1} % right")
        : string.Create(CultureInfo.InvariantCulture, $"{Total}, which have no classes");

    /// <summary>Shows a model all samples of a data set.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="plan">The network with its parameters set.</param>
    /// <param name="test">The samples.</param>
    public static SampleResult Of<T>(Plan<T> plan, Dataset test)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => Of(plan, DatasetSamples.All(test));

    /// <summary>Shows a model samples.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="plan">The network with its parameters set.</param>
    /// <param name="samples">The samples with their weights in the loss.</param>
    public static SampleResult Of<T>(Plan<T> plan, DatasetSamples samples)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(samples);
        Evaluation found = Evaluation.Compute(plan, samples);
        return new(found.Loss, samples.LabelsPerSample > 0 ? found.Correct : null, found.Total);
    }
}
