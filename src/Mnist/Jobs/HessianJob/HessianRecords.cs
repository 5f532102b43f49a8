using BasinVolume.Mnist.Jobs.MatrixFreeJob;
using BasinVolume.Mnist.Models;
using BasinVolume.Mnist.Options;
using BasinVolume.Report.Records;

namespace BasinVolume.Mnist.Jobs.HessianJob;

/// <summary>What <c>result.json</c> of <c>hessian</c> and <c>curvature.json</c> say, from what the job found.</summary>
internal static class HessianRecords
{
    /// <summary>The record.</summary>
    /// <param name="result">What was found.</param>
    /// <param name="command">The command that asked for it.</param>
    public static ResultRecord Of(HessianResult result, string command)
    {
        CheckpointRecord? checkpoint = ResultRecords.Of(result.Model, result.WeightsSha256, result.Weights, result.Trials);
        ModelRecord model = ResultRecords.Of(result.Model.Name, result.Model.Network, result.Training, checkpoint, result.Found) with
        {
            Statistics = ResultRecords.Statistics(result.Model.Network, result.Training is null ? null : result.Indices.Length),
        };
        return ResultRecords.Of(
            command,
            result.Options,
            result.Device,
            result.Seconds,
            OptionsOf(result),
            ResultRecords.Of(result.Options, result.Data, result.Indices),
            [result.Curvature is { } curvature
                ? ResultRecords.Of(model, curvature, result.Options)
                : MatrixFreeRecords.Of(model, result.ByProducts!, result.Options)]);
    }

    private static OptionsRecord OptionsOf(HessianResult result) => new()
    {
        Model = result.Model.Spelling,
        Loss = result.Model.Loss is { } loss ? ChoiceNames.Of(loss) : null,
        BatchSize = result.Options.BatchSize,
        WeightDecay = result.Options.WeightDecay,
        InitStd = result.Options.InitialDeviation,
        Threshold = result.Options.Threshold,
        K = result.Options.K,
        Threads = result.Options.Threads,
        Data = RunData.Of(result.Options.Data.Options),
    };
}
