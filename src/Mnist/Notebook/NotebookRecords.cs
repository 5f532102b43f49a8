using BasinVolume.Mnist.Jobs;
using BasinVolume.Mnist.Jobs.MatrixFreeJob;
using BasinVolume.Mnist.Models;
using BasinVolume.Report.Records;

namespace BasinVolume.Mnist.Notebook;

/// <summary>What <c>result.json</c> of the main job says, from what it found.</summary>
internal static class NotebookRecords
{
    /// <summary>The record.</summary>
    public static ResultRecord Of(NotebookResult result)
    {
        // At once: what takes long is the hash of each one's Hessian.
        Task<ModelRecord>[] models = [.. result.Models.Select(model => Task.Run(() => ModelOf(model, result.Options)))];
        ResultRecord record = ResultRecords.Of(
            "notebook",
            result.Options,
            result.Device,
            result.Seconds,
            OptionsOf(result.Options),
            ResultRecords.Of(result.Options, result.Data, result.Indices),
            [.. models.Select(model => model.GetAwaiter().GetResult())]);
        return record with { Audit = result.Audit };
    }

    private static ModelRecord ModelOf(ModelResult model, NotebookOptions options)
    {
        ModelRecord trained = ResultRecords.Of(model.Model.Name, model.Network, model.Training, checkpoint: null, model.Found);
        return model.Dense is { } curvature ? ResultRecords.Of(trained, curvature, options) : MatrixFreeRecords.Of(trained, model.ByProducts!, options);
    }

    private static OptionsRecord OptionsOf(NotebookOptions options) => new()
    {
        Epochs = options.Training.Epochs,
        BatchSize = options.BatchSize,
        LearningRate = options.Training.LearningRate,
        Gamma = options.Training.Gamma,
        WeightDecay = options.WeightDecay,
        InitStd = options.InitialDeviation,
        Threshold = options.Threshold,
        K = options.K,
        Threads = options.Threads,
        Data = RunData.Of(options.Data.Options),
    };
}
