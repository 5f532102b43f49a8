using System.Numerics;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Data.Formats;
using BasinVolume.Data.Normalizing;
using BasinVolume.Kernels;
using BasinVolume.Mnist.Models;
using BasinVolume.Mnist.Training;
using BasinVolume.Report.Findings;

namespace BasinVolume.Mnist.Jobs.HessianJob;

/// <summary>A model whose second derivatives can be asked for: its network on a device at weights that were trained elsewhere or here.</summary>
/// <typeparam name="T">What the device computes in.</typeparam>
/// <param name="Model">The model, with what its weights say of its network.</param>
/// <param name="Sha256">What the checkpoint can be recognised by; null for a model that was trained here.</param>
/// <param name="Inputs">What the job began with.</param>
/// <param name="Plan">The network with the weights set.</param>
/// <param name="Weights">The weights.</param>
/// <param name="Training">How the training went; null for weights that were trained elsewhere.</param>
/// <param name="Trials">How the weights do with each usual way to make pixels into inputs; null for those that say how they were trained.</param>
internal sealed record PreparedModel<T>(
    RequestedModel Model, string? Sha256, JobInputs Inputs, Plan<T> Plan, double[] Weights, TrainingHistory? Training, NormalizationTrials? Trials)
    : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Prepares it; what is found is told as soon as it is found.</summary>
    /// <param name="options">What is asked, checked.</param>
    /// <param name="model">The model.</param>
    /// <param name="source">The data.</param>
    /// <param name="device">Where it is computed.</param>
    /// <param name="findings">Who is told what is found.</param>
    /// <param name="view">Who watches.</param>
    /// <param name="check">Looks at what it begins with before anything is told.</param>
    /// <param name="cancellation">Stops it at the next batch.</param>
    /// <exception cref="ExplainedException">Data, device, output or numbers are not as they should be.</exception>
    public static PreparedModel<T> Of(
        HessianOptions options, RequestedModel model, DataSource source, Device device, IFindings findings, IRunView view, Action<PreparedModel<T>> check,
        CancellationToken cancellation)
    {
        string? hash = model.Sha256();
        var inputs = JobInputs.Read(options, model, source, "to be trained", view);
        double[] weights = inputs.Stored?.Values ?? options.Training.Start(model.Network, inputs.Random);
        Agreement.Demand(device.Ranks, () => JobFingerprint.OfInputs(inputs.Model.Network, weights, inputs.Data, inputs.Indices));
        model = inputs.Stored is not null ? inputs.Model : model with
        {
            Network = Beginning.Measured<T>(model.Network, weights, inputs.Data.Training, inputs.Indices, device, options, view, cancellation),
        };
        Plan<T> plan = MemoryBudget.CreatePlan<T>(model.Network, device, options);
        try
        {
            var start = new PreparedModel<T>(model, hash, inputs, plan, weights, Training: null, Trials: null);
            check(start);
            return AtWeights(options, start, findings, view, cancellation);
        }
        catch
        {
            plan.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Plan.Dispose();

    private static PreparedModel<T> AtWeights(
        HessianOptions options, PreparedModel<T> start, IFindings findings, IRunView view, CancellationToken cancellation)
    {
        (RequestedModel model, JobInputs inputs, double[] weights) = (start.Model, start.Inputs, start.Weights);
        findings.Begin();
        findings.Indices(inputs.Indices);
        findings.DescriptionOf(model);
        TrainingHistory? training = null;
        if (inputs.Stored is null)
        {
            // A training that is stopped keeps its state first.
            using IDisposable kept = LastWords.After(cancellation);
            (weights, training) = TrainingStep.Run(
                start.Plan,
                inputs.Data,
                inputs.Indices,
                model.Name,
                options.Hyperparameters,
                weights,
                view,
                KeptTraining.Of(options, start.Plan, model, weights, inputs, findings),
                cancellation);
            findings.TrainingOf(model.Name, training);
        }

        start.Plan.SetParameters(Array.ConvertAll(weights, T.CreateTruncating));
        findings.WeightsOf(model.Name, start.Plan, weights, inputs.Data, view);
        NormalizationTrials? trials = inputs.Stored is { Normalization: null }
            ? NormalizationTrials.Of(start.Plan, inputs.Data.Training, inputs.Indices, view)
            : null;
        return start with { Weights = weights, Training = training, Trials = trials };
    }
}
