using BasinVolume.Autodiff;

namespace BasinVolume.Mnist.Training;

/// <summary>What an epoch brought.</summary>
/// <param name="Epoch">Counted from 1.</param>
/// <param name="LearningRate">The learning rate during the epoch.</param>
/// <param name="Test">Average loss and correct answers on the test images after the epoch.</param>
public sealed record EpochResult(int Epoch, double LearningRate, Evaluation Test);
