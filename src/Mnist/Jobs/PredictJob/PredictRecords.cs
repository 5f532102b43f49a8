using BasinVolume.Mnist.Options;
using BasinVolume.Report.Records;

namespace BasinVolume.Mnist.Jobs.PredictJob;

/// <summary>What <c>predict --json</c> says, from what the job found.</summary>
internal static class PredictRecords
{
    /// <summary>The record.</summary>
    public static PredictRecord Of(PredictResult result) => new()
    {
        Precision = ChoiceNames.Of(result.Options.Precision),
        Device = DeviceRecord.Of(result.Device),
        Model = new()
        {
            Name = result.Model.Name,
            Network = result.Model.Spelling,
            Parameters = result.Model.Network.ParameterCount,
            Checkpoint = ResultRecords.Of(result.Model, result.WeightsSha256, result.Weights, result.Trials),
            Training = result.Training is { } training ? ResultRecords.Of(training) : null,
        },
        Classes = result.Classes.IsEmpty ? null : result.Classes,
        Targets = result.Targets.IsEmpty ? null : result.Targets,
        Normalization = ResultRecords.Of(result.Inputs),
        Pictures = [.. result.Predictions.Select(prediction => new PictureRecord
        {
            File = prediction.File,
            Preparation = prediction.Picture.Steps,
            Class = prediction.Class,
            ClassName = prediction.Class is { } label ? result.Classes[label] : null,
            Probabilities = prediction.Probabilities,
            Outputs = prediction.Outputs,
        })],
        Versions = ResultRecords.Versions,
    };
}
