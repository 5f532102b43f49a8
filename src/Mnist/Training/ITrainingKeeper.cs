using System.Numerics;

namespace BasinVolume.Mnist.Training;

/// <summary>Whoever keeps a training, so that one that was interrupted goes on where it was.</summary>
/// <typeparam name="T">float or double.</typeparam>
public interface ITrainingKeeper<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Where the training was that is gone on with; null for one that begins.</summary>
    TrainingState<T>? Begun { get; }

    /// <summary>Seconds that it took until then.</summary>
    double SecondsBefore { get; }

    /// <summary>Whether it is time to keep it.</summary>
    bool IsDue { get; }

    /// <summary>Keeps it.</summary>
    /// <param name="state">Where it is; its arrays change afterwards.</param>
    void Keep(TrainingState<T> state);

    /// <summary>Keeps it because it ends before it is through.</summary>
    /// <param name="state">Where it is.</param>
    void Interrupted(TrainingState<T> state);
}
