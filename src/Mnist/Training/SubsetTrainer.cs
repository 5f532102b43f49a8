using System.Numerics;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Autodiff.Training;
using BasinVolume.Data.Samples;
using BasinVolume.Data.Subsets;

namespace BasinVolume.Mnist.Training;

/// <summary>
/// Trains a network on the samples of a subset, batch by batch in their order, and evaluates it on the test samples, if there are any, after each epoch.
/// </summary>
/// <typeparam name="T">The precision of everything, float or double.</typeparam>
public sealed class SubsetTrainer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Plan<T> _plan;
    private readonly Hyperparameters _options;
    private readonly DatasetSamples[] _batches;
    private readonly Dataset? _test;

    /// <summary>Prepares training.</summary>
    /// <param name="plan">The network on its device; its parameters are overwritten.</param>
    /// <param name="data">Training and test samples.</param>
    /// <param name="indices">The training samples to use, in order.</param>
    /// <param name="options">How to train.</param>
    public SubsetTrainer(Plan<T> plan, DataParts data, int[] indices, Hyperparameters options)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(options);
        _plan = plan;
        _options = options;
        _batches = [.. indices.Chunk(options.BatchSize).Select(batch => new DatasetSamples(data.Training, batch, SampleWeights.Mean(batch.Length)))];
        _test = data.Test;
    }

    /// <summary>Trains from given weights. The plan holds the trained parameters afterwards.</summary>
    /// <param name="initial">θ before the first step, all n parameters.</param>
    /// <param name="epochDone">Told of each epoch when it is over.</param>
    /// <param name="progress">Told the share that is done after each batch.</param>
    /// <param name="keeper">Who keeps it, and knows where it was if it was interrupted; null for nobody.</param>
    /// <param name="cancellation">Stops between two batches.</param>
    /// <exception cref="NumericalException">A loss is not finite.</exception>
    public TrainingResult<T> Run(
        ReadOnlySpan<double> initial,
        IProgress<EpochResult>? epochDone = null,
        IProgress<double>? progress = null,
        ITrainingKeeper<T>? keeper = null,
        CancellationToken cancellation = default)
    {
        TrainingState<T>? begun = keeper?.Begun;
        var optimizer = new Adadelta<T>(_plan.Device.Threads, initial.Length, _options.WeightDecay) { LearningRate = _options.LearningRate };
        var trainer = new Trainer<T>(_plan, optimizer, begun is null ? initial : Array.ConvertAll(begun.Parameters, double.CreateTruncating));
        var course = new TrainingCourse<T>(_options, _batches.Length, trainer, optimizer, begun);
        try
        {
            if (course.IsEpochOver)
                EndEpoch(course, trainer, epochDone);
            foreach (StepResult step in trainer.Steps(_batches, _options.Epochs, course.Batches, cancellation))
            {
                course.Add(step.Loss);
                progress?.Report((double)course.Batches / (_options.Epochs * _batches.Length));
                if (keeper is { IsDue: true })
                    keeper.Keep(course.State);
                if (course.IsEpochOver)
                    EndEpoch(course, trainer, epochDone);
            }
        }
        catch (OperationCanceledException)
        {
            keeper?.Interrupted(course.State);
            throw;
        }

        keeper?.Keep(course.State);
        return course.Result;
    }

    private void EndEpoch(TrainingCourse<T> course, Trainer<T> trainer, IProgress<EpochResult>? epochDone)
    {
        var done = new EpochResult(course.Epochs + 1, course.Rate, _test is null ? null : SampleResult.Of(_plan, _test));
        trainer.CheckFinite(done.Test?.Loss ?? 0, $"after epoch {done.Epoch} the test loss");
        epochDone?.Report(done);
        course.EndEpoch(done);
    }
}
