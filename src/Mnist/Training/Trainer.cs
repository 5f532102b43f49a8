using System.Collections.Immutable;
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
        var parameters = new T[initial.Length];
        for (int i = 0; i < parameters.Length; i++)
            parameters[i] = T.CreateTruncating(initial[i]);
        var optimizer = new Adadelta<T>(_plan.Device.Threads, parameters.Length, _options.WeightDecay);
        var epochs = ImmutableArray.CreateBuilder<EpochResult>(_options.Epochs);
        var losses = ImmutableArray.CreateBuilder<double>(_options.Epochs * _batches.Length);
        T[] wholeEpoch = [];
        double rate = _options.LearningRate;
        if (keeper?.Begun is { } begun)
        {
            begun.Parameters.CopyTo(parameters, 0);
            optimizer.GoOn(begun.Squares, begun.Steps);
            epochs.AddRange(begun.Epochs);
            losses.AddRange(begun.StepLosses);
            wholeEpoch = begun.WholeEpoch;
            // Multiplied as often as in one go, for the same bits.
            for (int epoch = 0; epoch < epochs.Count; epoch++)
                rate *= _options.Gamma;
        }

        TrainingState<T> State() => new(parameters, optimizer.Squares, optimizer.Steps, epochs.ToImmutable(), losses.ToImmutable(), wholeEpoch);
        _plan.SetParameters(parameters);
        using var batches = new BatchesAhead<T>(_plan.Network, _batches, _options.Epochs, _plan.Budget.Samples, losses.Count);
        while (epochs.Count < _options.Epochs)
        {
            int epoch = epochs.Count + 1;
            for (int batch = losses.Count - (epochs.Count * _batches.Length); batch < _batches.Length; batch++)
            {
                if (cancellation.IsCancellationRequested)
                    keeper?.Interrupted(State());
                cancellation.ThrowIfCancellationRequested();
                losses.Add(Step(optimizer, parameters, batches.Next(), batch, epoch, rate));
                progress?.Report((double)losses.Count / (_options.Epochs * _batches.Length));
                if (keeper is { IsDue: true })
                    keeper.Keep(State());
            }

            epochs.Add(new EpochResult(epoch, rate, _test is null ? null : TestResult.Of(_plan, _test)));
            CheckFinite(epochs[^1].Test?.Loss ?? 0, $"after epoch {epoch} the test loss", rate);
            epochDone?.Report(epochs[^1]);
            wholeEpoch = [.. parameters];
            rate *= _options.Gamma;
        }

        keeper?.Keep(State());
        return new(parameters, epochs.ToImmutable(), losses.ToImmutable());
    }

    private double Step(Adadelta<T> optimizer, T[] parameters, ISamples samples, int batch, int epoch, double rate)
    {
        double loss = Gradient.Compute(_plan, samples, _gradient);
        CheckFinite(loss, $"in epoch {epoch}, batch {batch + 1} of {_batches.Length}, the loss", rate);
        optimizer.Step(parameters, _gradient, rate);
        _plan.SetParameters(parameters);
        return loss;
    }

    private static void CheckFinite(double loss, string where, double rate)
    {
        if (!double.IsFinite(loss))
        {
            throw new NumericalException(string.Create(
                CultureInfo.InvariantCulture,
                $"Training left the finite numbers: {where} is {loss} where a finite number was expected (learning rate {rate:g4}); "
                + $"use a smaller --lr or --init-std, or other initial weights."));
        }
    }
}
