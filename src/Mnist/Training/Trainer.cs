using System.Globalization;
using System.Numerics;
using BasinVolume.Autodiff;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Data.Samples;
using BasinVolume.Data.Subsets;

namespace BasinVolume.Mnist.Training;

/// <summary>
/// Trains a network on the samples of a subset, batch by batch in their order, and evaluates it on the test samples, if there are any, after each epoch.
/// </summary>
/// <typeparam name="T">The precision of everything, float or double.</typeparam>
public sealed class Trainer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Plan<T> _plan;
    private readonly Hyperparameters _options;
    private readonly DatasetSamples[] _batches;
    private readonly Dataset? _test;
    private readonly double[] _gradient;

    /// <summary>Prepares training.</summary>
    /// <param name="plan">The network on its device; its parameters are overwritten.</param>
    /// <param name="data">Training and test samples.</param>
    /// <param name="indices">The training samples to use, in order.</param>
    /// <param name="options">How to train.</param>
    public Trainer(Plan<T> plan, DataParts data, int[] indices, Hyperparameters options)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(options);
        _plan = plan;
        _options = options;
        _batches = [.. indices.Chunk(options.BatchSize).Select(batch => new DatasetSamples(data.Training, batch, SampleWeights.Mean(batch.Length)))];
        _test = data.Test;
        _gradient = new double[plan.Network.ParameterCount];
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
        var course = new TrainingCourse<T>(_options, _batches.Length, _plan.Device.Threads, initial, keeper?.Begun);
        _plan.SetParameters(course.Parameters);
        using var batches = new BatchesAhead<T>(_plan.Network, _batches, _options.Epochs, batch => Gradient.ChunksOf(_plan, batch.Count), course.Batches);
        while (course.Epochs < _options.Epochs)
        {
            int epoch = course.Epochs + 1;
            for (int batch = course.Batches - (course.Epochs * _batches.Length); batch < _batches.Length; batch++)
            {
                if (cancellation.IsCancellationRequested)
                    keeper?.Interrupted(course.State);
                cancellation.ThrowIfCancellationRequested();
                Step(course, batches.Next(), batch, epoch);
                progress?.Report((double)course.Batches / (_options.Epochs * _batches.Length));
                if (keeper is { IsDue: true })
                    keeper.Keep(course.State);
            }

            var done = new EpochResult(epoch, course.Rate, _test is null ? null : SampleResult.Of(_plan, _test));
            CheckFinite(done.Test?.Loss ?? 0, $"after epoch {epoch} the test loss", course.Rate);
            epochDone?.Report(done);
            course.EndEpoch(done);
        }

        keeper?.Keep(course.State);
        return course.Result;
    }

    private void Step(TrainingCourse<T> course, ISamples samples, int batch, int epoch)
    {
        double loss = Gradient.Compute(_plan, samples, _gradient);
        CheckFinite(loss, $"in epoch {epoch}, batch {batch + 1} of {_batches.Length}, the loss", course.Rate);
        course.Step(_gradient, loss);
        _plan.SetParameters(course.Parameters);
    }

    private static void CheckFinite(double loss, string where, double rate)
    {
        if (!double.IsFinite(loss))
        {
            throw new NumericalException(string.Create(
                CultureInfo.InvariantCulture,
                $"Training left the finite numbers: {where} is {loss} where a finite number was expected (learning rate {rate:g4}); "
                + $"use a smaller --lr or --sigma, or other initial weights."));
        }
    }
}
