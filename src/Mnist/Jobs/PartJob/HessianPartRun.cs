using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using BasinVolume.Autodiff;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Data.Formats;
using BasinVolume.Data.Samples;
using BasinVolume.Kernels;
using BasinVolume.Mnist.Jobs.HessianJob;
using BasinVolume.Mnist.Models;
using BasinVolume.Mnist.Options;
using BasinVolume.Report.Findings;
using BasinVolume.Report.Records;

namespace BasinVolume.Mnist.Jobs.PartJob;

/// <summary>The job for the sum over a share of the samples of a Hessian. Checks, spectrum and volumes are left to whoever has all parts.</summary>
public static class HessianPartRun
{
    /// <summary>Does the job; its numbers are told.</summary>
    /// <param name="options">What is asked, checked.</param>
    /// <param name="shard">Which share.</param>
    /// <param name="device">Where it is computed.</param>
    /// <param name="findings">Who is told what is found.</param>
    /// <param name="view">Who watches.</param>
    /// <param name="cancellation">Stops it at the next block of directions.</param>
    /// <exception cref="OptionException">There are no weights yet.</exception>
    /// <exception cref="ExplainedException">Data, device or numbers are not as they should be.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    public static PartResult Execute(
        HessianOptions options, Shard shard, Device device, IFindings findings, IRunView view, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(shard);
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(findings);
        DataSource source = JobInputs.Open(options, view);
        var model = RequestedModel.Open(options.Model, source.Layout);
        if (model.WeightsPlace is null)
            throw new OptionException(
                $"--shard {shard} is a part of the Hessian at weights that are there, and without --weights each part would train a model first; "
                + "train it once with 'train --out DIR', and give --weights DIR.");
        MemoryBudget.CheckDense(model.Network, device, options);
        return options.Precision == Precision.Float32
            ? Execute<float>(options, shard, model, source, device, findings, view, cancellation)
            : Execute<double>(options, shard, model, source, device, findings, view, cancellation);
    }

    private static PartResult Execute<T>(
        HessianOptions options, Shard shard, RequestedModel model, DataSource source, Device device, IFindings findings, IRunView view,
        CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        long beginning = Stopwatch.GetTimestamp();
        var inputs = JobInputs.Read(options, model, source, "without weights", view);
        double[] weights = inputs.Stored!.Values;
        using Plan<T> plan = MemoryBudget.CreatePlan<T>(inputs.Model.Network, device, options);
        plan.SetParameters(Array.ConvertAll(weights, T.CreateTruncating));
        // A penalty is added to the whole.
        var fingerprint = JobFingerprint.Of(options with { Penalty = Penalty.Excluded }, plan, weights, inputs.Data, inputs.Indices);
        findings.Begin();
        DatasetSamples samples = new CurvatureSteps(options, findings, view, cancellation).SamplesOf(inputs.Data.Training, inputs.Indices);
        HessianPart part = view.During(
            $"{model.Name}: part {shard} of the Hessian", progress => HessianPart.Compute(plan, samples, shard.Part, shard.Parts, progress, cancellation));
        foreach (PartArray numbers in HessianNumbers.Of(part))
            findings.Part(numbers);
        return new(
            shard, model.Name, ShareOf(part, shard), fingerprint, Constants(options), device.Description, Stopwatch.GetElapsedTime(beginning).TotalSeconds);
    }

    // The shards of a part are contiguous, and so are the samples of its shards.
    private static ShareRecord ShareOf(HessianPart part, Shard shard)
    {
        (int firstShard, int endShard) = shard.Of(part.Shards);
        int first = SamplesBefore(firstShard), end = SamplesBefore(endShard);
        return new()
        {
            Of = "samples",
            All = part.Samples,
            First = first,
            Count = end - first,
            Shards = part.Shards,
            FirstShard = firstShard,
            ShardCount = endShard - firstShard,
            Difference = part.Difference,
        };

        int SamplesBefore(int shards) => (int)((long)part.Samples * shards / part.Shards);
    }

    private static Fingerprint Constants(HessianOptions options) => new(
    [
        new("--threshold", Text(options.Threshold)),
        new("--k", Text(options.K)),
        new("--sigma", Text(options.InitialDeviation)),
        new("--weight-decay", Text(options.WeightDecay)),
        new("--penalty", ChoiceNames.Of(options.Penalty)),
    ]);

    private static string Text(double number) => number.ToString("r", CultureInfo.InvariantCulture);
}
