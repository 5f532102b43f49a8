using System.Collections.Immutable;
using System.Numerics;

namespace BasinVolume.Mnist.Training;

/// <summary>Where a training is between two batches: all that its further steps depend on, and what it found until then.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="Parameters">θ after the last step.</param>
/// <param name="Squares">The optimizer's running means of squared gradients.</param>
/// <param name="Steps">The optimizer's running means of squared steps.</param>
/// <param name="Epochs">The epochs that are over.</param>
/// <param name="StepLosses">The loss of each batch until now, which says how many there were.</param>
/// <param name="WholeEpoch">θ after the last epoch that is over; empty before that.</param>
public sealed record TrainingState<T>(
    T[] Parameters, T[] Squares, T[] Steps, ImmutableArray<EpochResult> Epochs, ImmutableArray<double> StepLosses, T[] WholeEpoch)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>;
