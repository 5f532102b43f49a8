using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Data.Samples;
using BasinVolume.Report.Findings;

namespace BasinVolume.Mnist.Training;

/// <summary>Training as a step of a job, every epoch of it said.</summary>
public static class TrainingStep
{
    /// <summary>Trains a model; the plan holds the trained parameters afterwards.</summary>
    /// <typeparam name="T">What the device computes in.</typeparam>
    /// <param name="plan">The network on its device.</param>
    /// <param name="data">Training and test samples.</param>
    /// <param name="indices">The training samples to use, in order.</param>
    /// <param name="name">What the model is called.</param>
    /// <param name="options">How to train.</param>
    /// <param name="initial">θ before the first step, all n parameters.</param>
    /// <param name="view">Who watches.</param>
    /// <param name="keeper">Who keeps it, and knows where it was if it was interrupted; null for nobody.</param>
    /// <param name="cancellation">Stops between two batches.</param>
    /// <returns>θ after the last step, and how it went.</returns>
    /// <exception cref="NumericalException">A loss is not finite.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    public static (double[] Parameters, TrainingHistory History) Run<T>(
        Plan<T> plan,
        DataParts data,
        int[] indices,
        string name,
        Hyperparameters options,
        double[] initial,
        IRunView view,
        ITrainingKeeper<T>? keeper,
        CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(view);
        long start = Stopwatch.GetTimestamp();
        TrainingResult<T> result = view.During($"{name}: training", progress =>
        {
            var watch = new EpochWatch(epoch => view.Tell(string.Create(
                CultureInfo.InvariantCulture, $"epoch {epoch.Epoch} of {options.Epochs}, learning rate {epoch.LearningRate:g3}, {Said(epoch.Test)}")));
            return new SubsetTrainer<T>(plan, data, indices, options).Run(initial, watch, progress, keeper, cancellation);
        });
        return (Array.ConvertAll(result.Parameters, double.CreateTruncating), new(
            options, result.Epochs, result.StepLosses, Stopwatch.GetElapsedTime(start).TotalSeconds + (keeper?.SecondsBefore ?? 0)));
    }

    private static string Said(SampleResult? test) => test switch
    {
        null => "no test data",
        { Correct: { } correct } => string.Create(CultureInfo.InvariantCulture, $"test loss {test.Loss:f4}, {correct} of {test.Total} right"),
        _ => string.Create(CultureInfo.InvariantCulture, $"test loss {test.Loss:f4}"),
    };

    // System.Progress would tell of epochs on another thread and out of order.
    private sealed class EpochWatch(Action<EpochResult> told) : IProgress<EpochResult>
    {
        public void Report(EpochResult value) => told(value);
    }
}
