using System.Diagnostics;
using System.Numerics;
using BasinVolume.Data.Formats;
using BasinVolume.Kernels;
using BasinVolume.Mnist.Models;
using BasinVolume.Mnist.Options;
using BasinVolume.Report.Findings;

namespace BasinVolume.Mnist.Jobs.HessianJob;

/// <summary>The job for one model, trained elsewhere or here: images, Hessian, spectrum, volumes.</summary>
public static class HessianRun
{
    /// <summary>Does the job; what is found is told as soon as it is found.</summary>
    /// <param name="options">What is asked, checked.</param>
    /// <param name="device">Where it is computed.</param>
    /// <param name="findings">Who is told what is found.</param>
    /// <param name="view">Who watches.</param>
    /// <param name="cancellation">Stops it at the next batch, block of directions or panel of rows.</param>
    /// <exception cref="ExplainedException">Data, device, output or numbers are not as they should be.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    public static HessianResult Execute(HessianOptions options, Device device, IFindings findings, IRunView view, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        DataSource source = JobInputs.Open(options, view);
        return Execute(options, RequestedModel.Open(options.Model, source.Layout), source, device, findings, view, cancellation);
    }

    /// <summary>The same with a model and data that are open already.</summary>
    internal static HessianResult Execute(
        HessianOptions options, RequestedModel model, DataSource source, Device device, IFindings findings, IRunView view, CancellationToken cancellation)
        => options.Precision == Precision.Float32
            ? Execute<float>(options, model, source, device, findings, view, cancellation)
            : Execute<double>(options, model, source, device, findings, view, cancellation);

    private static HessianResult Execute<T>(
        HessianOptions options, RequestedModel model, DataSource source, Device device, IFindings findings, IRunView view, CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        long beginning = Stopwatch.GetTimestamp();
        MemoryBudget.CheckDense(model.Network, device.Description, options);
        using var prepared = PreparedModel<T>.Of(options, model, source, device, findings, view, cancellation);
        CurvatureResult curvature = new CurvatureSteps(options, findings, view, cancellation).Compute(
            prepared.Plan, prepared.Model.Name, prepared.Weights, prepared.Inputs.Data.Training, prepared.Inputs.Indices);
        double seconds = Stopwatch.GetElapsedTime(beginning).TotalSeconds;
        return new(
            options,
            prepared.Model,
            prepared.Sha256,
            device.Description,
            prepared.Inputs.Data,
            [.. prepared.Inputs.Indices],
            prepared.Training,
            curvature,
            seconds)
        {
            Weights = prepared.Inputs.Stored,
            Trials = prepared.Trials,
        };
    }
}
