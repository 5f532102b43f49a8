using System.Collections.Immutable;
using System.Numerics;

namespace BasinVolume.Mnist.Training;

/// <summary>A trained model.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="Parameters">θ after the last step, all n in the network's order.</param>
/// <param name="Epochs">One result an epoch.</param>
/// <param name="StepLosses">The mean loss of each batch before its step, without the penalty.</param>
public sealed record TrainingResult<T>(T[] Parameters, ImmutableArray<EpochResult> Epochs, ImmutableArray<double> StepLosses)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>;
