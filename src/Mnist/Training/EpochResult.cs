namespace BasinVolume.Mnist.Training;

/// <summary>What an epoch brought.</summary>
/// <param name="Epoch">Counted from 1.</param>
/// <param name="LearningRate">The learning rate during the epoch.</param>
/// <param name="Test">How the model did on the test samples after the epoch; null if there are none.</param>
public sealed record EpochResult(int Epoch, double LearningRate, SampleResult? Test);
