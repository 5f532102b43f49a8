using System.Collections.Immutable;
using System.Numerics;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Mnist.Training;

/// <summary>A training between its steps: from its beginning, or from where one was that was interrupted.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class TrainingCourse<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Hyperparameters _options;
    private readonly Adadelta<T> _optimizer;
    private readonly ImmutableArray<EpochResult>.Builder _epochs;
    private readonly ImmutableArray<double>.Builder _losses;
    private T[] _wholeEpoch = [];

    /// <summary>A training that begins, or goes on.</summary>
    /// <param name="options">How to train.</param>
    /// <param name="batches">Batches of an epoch.</param>
    /// <param name="threads">The team of the optimizer.</param>
    /// <param name="initial">θ before the first step.</param>
    /// <param name="begun">Where it was; null for one that begins.</param>
    public TrainingCourse(Hyperparameters options, int batches, HostThreads threads, ReadOnlySpan<double> initial, TrainingState<T>? begun)
    {
        (_options, Rate, Parameters) = (options, options.LearningRate, new T[initial.Length]);
        for (int i = 0; i < initial.Length; i++)
            Parameters[i] = T.CreateTruncating(initial[i]);
        _optimizer = new(threads, initial.Length, options.WeightDecay);
        _epochs = ImmutableArray.CreateBuilder<EpochResult>(options.Epochs);
        _losses = ImmutableArray.CreateBuilder<double>(options.Epochs * batches);
        if (begun is not null)
            GoOn(begun);
    }

    /// <summary>θ.</summary>
    public T[] Parameters { get; }

    /// <summary>The learning rate of this epoch.</summary>
    public double Rate { get; private set; }

    /// <summary>Epochs that are over.</summary>
    public int Epochs => _epochs.Count;

    /// <summary>Batches that are done, of all epochs.</summary>
    public int Batches => _losses.Count;

    /// <summary>Where it is; its arrays change with the next step.</summary>
    public TrainingState<T> State => new(Parameters, _optimizer.Squares, _optimizer.Steps, _epochs.ToImmutable(), _losses.ToImmutable(), _wholeEpoch);

    /// <summary>What it came to.</summary>
    public TrainingResult<T> Result => new(Parameters, _epochs.ToImmutable(), _losses.ToImmutable());

    /// <summary>One step.</summary>
    /// <param name="gradient">g, without the penalty's part.</param>
    /// <param name="loss">The loss before it.</param>
    public void Step(double[] gradient, double loss)
    {
        _optimizer.Step(Parameters, gradient, Rate);
        _losses.Add(loss);
    }

    /// <summary>An epoch is over.</summary>
    public void EndEpoch(EpochResult epoch)
    {
        _epochs.Add(epoch);
        _wholeEpoch = [.. Parameters];
        Rate *= _options.Gamma;
    }

    private void GoOn(TrainingState<T> begun)
    {
        begun.Parameters.CopyTo(Parameters, 0);
        _optimizer.GoOn(begun.Squares, begun.Steps);
        _epochs.AddRange(begun.Epochs);
        _losses.AddRange(begun.StepLosses);
        _wholeEpoch = begun.WholeEpoch;
        // Multiplied as often as in one go, for the same bits.
        for (int epoch = 0; epoch < _epochs.Count; epoch++)
            Rate *= _options.Gamma;
    }
}
