using System.Diagnostics;
using System.Numerics;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Data.Formats;
using BasinVolume.Data.Samples;
using BasinVolume.Data.Subsets;
using BasinVolume.Kernels;
using BasinVolume.Mnist.Models;
using BasinVolume.Mnist.Options;
using BasinVolume.Mnist.Training;
using BasinVolume.Report.Findings;

namespace BasinVolume.Mnist.Jobs.TrainJob;

/// <summary>The job for training: images, weights, curves.</summary>
public static class TrainRun
{
    /// <summary>Does the job; what is found is told as soon as it is found.</summary>
    /// <param name="options">What is asked, checked.</param>
    /// <param name="device">Where it is computed.</param>
    /// <param name="findings">Who is told what is found.</param>
    /// <param name="view">Who watches.</param>
    /// <param name="cancellation">Stops it at the next batch.</param>
    /// <exception cref="ExplainedException">Data, device, output or numbers are not as they should be.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    public static TrainResult Execute(TrainJobOptions options, Device device, IFindings findings, IRunView view, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.Precision == Precision.Float32
            ? Execute<float>(options, device, findings, view, cancellation)
            : Execute<double>(options, device, findings, view, cancellation);
    }

    private static TrainResult Execute<T>(TrainJobOptions options, Device device, IFindings findings, IRunView view, CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        long beginning = Stopwatch.GetTimestamp();
        DataSource source = JobInputs.Open(options, view);
        var model = RequestedModel.Open(options.Model, source.Layout).WithoutWeights();
        var inputs = JobInputs.Read(options, model, source, "to be trained", view);
        double[] start = options.Training.Start(model.Network, inputs.Random);
        Agreement.Demand(device.Ranks, () => JobFingerprint.OfInputs(inputs.Model.Network, start, inputs.Data, inputs.Indices));
        model = model with
        {
            Network = Beginning.Measured<T>(model.Network, start, inputs.Data.Training, inputs.Indices, device, options, view, cancellation),
        };
        using Plan<T> plan = MemoryBudget.CreatePlan<T>(model.Network, device, options);
        findings.Begin();
        findings.Indices(inputs.Indices);
        findings.DescriptionOf(model);
        // A training that is stopped keeps its state first.
        using IDisposable kept = LastWords.After(cancellation);
        (double[] weights, TrainingHistory training) = TrainingStep.Run(
            plan,
            inputs.Data,
            inputs.Indices,
            model.Name,
            options.Training.Options(options.BatchSize, options.WeightDecay),
            start,
            view,
            KeptTraining.Of(options, plan, model, start, inputs, findings),
            cancellation);
        findings.TrainingOf(model.Name, training);
        findings.WeightsOf(model.Name, plan, weights, inputs.Data, view);
        var used = new DatasetSamples(inputs.Data.Training, inputs.Indices, SampleWeights.Mean(inputs.Indices.Length));
        DataResult found = DataResult.Of(model.Name, plan, used, inputs.Data, training, view);
        return new(options, device.Description, model, inputs.Data, [.. inputs.Indices], training, found, Stopwatch.GetElapsedTime(beginning).TotalSeconds);
    }
}
