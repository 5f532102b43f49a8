using BasinVolume.Mnist.Predictions;

namespace BasinVolume.Mnist.Results;

/// <summary>What a model says of pictures, for programs. Keys are a contract, as those of <see cref="ResultDocument"/>.</summary>
internal static class PredictDocument
{
    /// <summary>The document.</summary>
    public static object Of(PredictResult result) => new
    {
        Schema = 1,
        Command = "predict",
        Precision = Names.Of(result.Options.Precision),
        Device = ResultDocument.DeviceOf(result.Device),
        Model = new
        {
            result.Model.Name,
            Network = result.Model.Spelling,
            Parameters = result.Model.Network.ParameterCount,
            Checkpoint = ResultDocument.CheckpointOf(result.Model, result.WeightsSha256, result.Weights, result.Trials),
            Training = result.Training is { } training ? ResultDocument.TrainingOf(training) : null,
        },
        Normalization = ResultDocument.NormalizationOf(result.Pixels),
        Pictures = result.Predictions.Select(prediction => new
        {
            prediction.File,
            Preparation = prediction.Picture.Steps,
            prediction.Class,
            prediction.Probabilities,
            prediction.Outputs,
        }),
        Versions = ResultDocument.Versions(),
    };
}
