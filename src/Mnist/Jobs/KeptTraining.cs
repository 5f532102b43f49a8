using System.Numerics;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Data.Normalizing;
using BasinVolume.Mnist.Models;
using BasinVolume.Mnist.Training;
using BasinVolume.Report.Findings;

namespace BasinVolume.Mnist.Jobs;

/// <summary>The training of a job's model, kept while it is not finished.</summary>
internal static class KeptTraining
{
    /// <summary>Who keeps it; null where a job keeps nothing. The run has its folder.</summary>
    /// <typeparam name="T">What it is computed in.</typeparam>
    /// <param name="options">What was asked.</param>
    /// <param name="plan">The network on its device.</param>
    /// <param name="model">The model.</param>
    /// <param name="start">θ before the first step.</param>
    /// <param name="inputs">What the job began with.</param>
    /// <param name="findings">Told the weights of the last whole epoch if it is interrupted.</param>
    public static ITrainingKeeper<T>? Of<T>(JobOptions options, Plan<T> plan, RequestedModel model, double[] start, JobInputs inputs, IFindings findings)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => options.Checkpoint?.Training<T>(
            model.Name,
            JobFingerprint.Of(options, plan, start, inputs.Data, inputs.Indices),
            weights => findings.Weights(model.Name, plan.Network, weights, NormalizationMetadata.Of(inputs.Data.Training.Normalization)));
}
