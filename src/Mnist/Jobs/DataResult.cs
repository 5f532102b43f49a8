using System.Numerics;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Data.Samples;
using BasinVolume.Mnist.Training;
using BasinVolume.Report.Findings;

namespace BasinVolume.Mnist.Jobs;

/// <summary>How weights do on the data of a job, wherever they were trained.</summary>
/// <param name="Training">On the training samples that are used.</param>
/// <param name="Test">On the test samples; null if there are none.</param>
public sealed record DataResult(SampleResult Training, SampleResult? Test)
{
    /// <summary>Shows a model the data.</summary>
    /// <typeparam name="T">What the device computes in.</typeparam>
    /// <param name="name">What the model is called.</param>
    /// <param name="plan">The network with its parameters set.</param>
    /// <param name="used">The training samples that are used, with their weights in the loss.</param>
    /// <param name="data">The data.</param>
    /// <param name="training">How the weights were trained here, whose last test counts; null for others.</param>
    /// <param name="view">Who watches.</param>
    public static DataResult Of<T>(string name, Plan<T> plan, DatasetSamples used, DataParts data, TrainingHistory? training, IRunView view)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => view.During($"{name}: loss on the data", _ => new DataResult(
            SampleResult.Of(plan, used),
            training is { Epochs: [.., var last] } ? last.Test : data.Test is { } test ? SampleResult.Of(plan, test) : null));
}
