using System.Collections.Immutable;
using System.Numerics;
using BasinVolume.Autodiff.Training;

namespace BasinVolume.Mnist.Training;

/// <summary>A training between its steps: from its beginning, or from where one was that was interrupted.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class TrainingCourse<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Hyperparameters _options;
    private readonly int _batches;
    private readonly Trainer<T> _trainer;
    private readonly Adadelta<T> _optimizer;
    private readonly ImmutableArray<EpochResult>.Builder _epochs;
    private readonly ImmutableArray<double>.Builder _losses;
    private T[] _wholeEpoch = [];

    /// <summary>A training that begins, or goes on.</summary>
    /// <param name="options">How to train.</param>
    /// <param name="batches">Batches of an epoch.</param>
    /// <param name="trainer">Who steps.</param>
    /// <param name="optimizer">Its optimizer.</param>
    /// <param name="begun">Where it was; null for one that begins.</param>
    public TrainingCourse(Hyperparameters options, int batches, Trainer<T> trainer, Adadelta<T> optimizer, TrainingState<T>? begun)
    {
        (_options, _batches, _trainer, _optimizer) = (options, batches, trainer, optimizer);
        _epochs = ImmutableArray.CreateBuilder<EpochResult>(options.Epochs);
        _losses = ImmutableArray.CreateBuilder<double>(options.Epochs * batches);
        if (begun is not null)
            GoOn(begun);
    }

    /// <summary>The learning rate of this epoch.</summary>
    public double Rate => _optimizer.LearningRate;

    /// <summary>Epochs that are over.</summary>
    public int Epochs => _epochs.Count;

    /// <summary>Batches that are done, of all epochs.</summary>
    public int Batches => _losses.Count;

    /// <summary>Whether the last batch of this epoch is done.</summary>
    public bool IsEpochOver => Batches == (Epochs + 1) * _batches;

    /// <summary>Where it is; its arrays change with the next step.</summary>
    public TrainingState<T> State => new(_trainer.Parameters, _optimizer.Squares, _optimizer.Steps, _epochs.ToImmutable(), _losses.ToImmutable(), _wholeEpoch);

    /// <summary>What it came to.</summary>
    public TrainingResult<T> Result => new(_trainer.Parameters, _epochs.ToImmutable(), _losses.ToImmutable());

    /// <summary>A step was taken.</summary>
    /// <param name="loss">The loss before it.</param>
    public void Add(double loss) => _losses.Add(loss);

    /// <summary>An epoch is over.</summary>
    public void EndEpoch(EpochResult epoch)
    {
        _epochs.Add(epoch);
        _wholeEpoch = [.. _trainer.Parameters];
        _optimizer.LearningRate *= _options.Gamma;
    }

    private void GoOn(TrainingState<T> begun)
    {
        begun.Squares.CopyTo(_optimizer.Squares, 0);
        begun.Steps.CopyTo(_optimizer.Steps, 0);
        _epochs.AddRange(begun.Epochs);
        _losses.AddRange(begun.StepLosses);
        _wholeEpoch = begun.WholeEpoch;
        // Multiplied as often as in one go, for the same bits.
        for (int epoch = 0; epoch < _epochs.Count; epoch++)
            _optimizer.LearningRate *= _options.Gamma;
    }
}
