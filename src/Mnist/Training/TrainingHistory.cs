using System.Collections.Immutable;

namespace BasinVolume.Mnist.Training;

/// <summary>How a training went.</summary>
/// <param name="Options">How the model was trained.</param>
/// <param name="Epochs">One result an epoch.</param>
/// <param name="StepLosses">The mean loss of each batch before its step, without the penalty; every epoch has equally many.</param>
/// <param name="Seconds">Seconds of training and evaluation.</param>
public sealed record TrainingHistory(Hyperparameters Options, ImmutableArray<EpochResult> Epochs, ImmutableArray<double> StepLosses, double Seconds);
