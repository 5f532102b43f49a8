using BasinVolume.Mnist.Models;
using BasinVolume.Mnist.Options;
using BasinVolume.Report.Records;

namespace BasinVolume.Mnist.Jobs.TrainJob;

/// <summary>What <c>result.json</c> of <c>train</c> says, from what the job found.</summary>
internal static class TrainRecords
{
    /// <summary>The record.</summary>
    public static ResultRecord Of(TrainResult result) => ResultRecords.Of(
        "train",
        result.Options,
        result.Device,
        result.Seconds,
        OptionsOf(result),
        ResultRecords.Of(result.Options, result.Data, result.Indices),
        [
            ResultRecords.Of(result.Model.Name, result.Model.Network, result.Training, checkpoint: null, result.Found) with
            {
                Statistics = ResultRecords.Statistics(result.Model.Network, result.Indices.Length),
            },
        ]);

    private static OptionsRecord OptionsOf(TrainResult result) => new()
    {
        Model = result.Model.Spelling,
        Loss = result.Model.Loss is { } loss ? ChoiceNames.Of(loss) : null,
        Epochs = result.Options.Training.Epochs,
        BatchSize = result.Options.BatchSize,
        LearningRate = result.Options.Training.LearningRate,
        Gamma = result.Options.Training.Gamma,
        WeightDecay = result.Options.WeightDecay,
        InitStd = result.Options.Training.InitialDeviation,
        Threads = result.Options.Threads,
        Data = RunData.Of(result.Options.Data.Options),
    };
}
