using System.Collections.Immutable;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Data.Normalizing;
using BasinVolume.Data.Samples;
using BasinVolume.Data.Subsets;
using BasinVolume.Gpu.Devices;
using BasinVolume.Interop.Weights;
using BasinVolume.Kernels;
using BasinVolume.Mnist.Models;
using BasinVolume.Mnist.Options;
using BasinVolume.Mnist.Training;
using BasinVolume.Report.Records;
using BasinVolume.Report.Runs;

namespace BasinVolume.Mnist.Jobs;

/// <summary>What jobs with models have in common to say in <c>result.json</c>, as records.</summary>
internal static class ResultRecords
{
    /// <summary>What computes.</summary>
    public static VersionsRecord Versions => VersionsRecord.Here(DeviceCatalog.IlgpuVersion);

    /// <summary>The result of a job.</summary>
    public static ResultRecord Of(
        string command,
        JobOptions options,
        DeviceDescription device,
        double seconds,
        OptionsRecord asked,
        DataRecord data,
        ImmutableArray<ModelRecord> models)
        => new()
        {
            Command = command,
            CommandLine = options.CommandLine,
            Seconds = seconds,
            Precision = ChoiceNames.Of(options.Precision),
            Device = DeviceRecord.Of(device),
            Versions = Versions,
            Options = asked,
            Data = data,
            Models = models,
        };

    /// <summary>The images of a job.</summary>
    public static DataRecord Of(JobOptions options, DataParts data, ImmutableArray<int> indices) => new()
    {
        Path = Path.GetFullPath(options.Data.Path),
        Format = data.Format,
        Note = data.Note,
        Shape = data.Training.Layout.Shape.Dimensions,
        ElementType = data.Training.Layout.ElementsName,
        Classes = data.Training.Layout.HasClasses ? data.Training.Layout.Classes : null,
        LabelsPerSample = data.Training.Layout.LabelsPerSample > 1 ? data.Training.Layout.LabelsPerSample : null,
        Targets = data.Training.Layout.HasClasses ? null : data.Training.Layout.Targets,
        TrainImages = data.Training.Count,
        TestImages = data.Test?.Count ?? 0,
        Samples = indices.Length,
        Sampling = options.IndicesFile is null ? ChoiceNames.Of(options.Sampling) : "file",
        Seed = options.Seed,
        Normalization = Of(data.Inputs),
        IndicesSha256 = SubsetHash.Of(indices.AsSpan()),
        Sha256 = data.Sha256,
    };

    /// <summary>How pixels became inputs.</summary>
    public static NormalizationRecord Of(InputChoice inputs) => new()
    {
        Name = inputs.Used.Spelling,
        Mean = inputs.Used.Means,
        Std = inputs.Used.Deviations,
        Origin = ChoiceNames.Of(inputs.Origin),
        Advice = inputs.Advice,
    };

    /// <summary>What is said of weights that were trained elsewhere; null if there are none.</summary>
    public static CheckpointRecord? Of(RequestedModel model, string? sha256, StoredWeights? weights, NormalizationTrials? trials)
        => model.WeightsPlace is { } path ? new()
        {
            Path = Path.GetFullPath(path),
            Sha256 = sha256,
            Part = weights?.Part,
            LeftOut = weights?.LeftOut,
            Normalization = weights?.Normalization?.Spelling,
            Trials = trials is null ? null : [.. trials.Others.Prepend(trials.Used).Select(Of)],
            Advice = trials?.Advice,
            Notes = model.Imported?.Notes,
            Logits = model.Checked is null ? null : Of(model.Checked),
        }
        : null;

    private static LogitsRecord Of(LogitCheck check) => new()
    {
        Path = check.File,
        Sha256 = check.Sha256,
        Samples = check.Samples,
        LargestDifference = check.Difference,
        LargestOutput = check.Largest,
        Bound = check.Bound,
    };

    /// <summary>How weights do on the data.</summary>
    public static EvaluationRecord Of(DataResult found) => new() { Training = Of(found.Training), Test = found.Test is { } test ? Of(test) : null };

    /// <summary>A model without what is known of its curvature.</summary>
    public static ModelRecord Of(string name, Network network, TrainingHistory? training, CheckpointRecord? checkpoint, DataResult found) => new()
    {
        Name = name,
        Parameters = network.ParameterCount,
        ParameterMap = [.. network.Parameters.Select(
            parameter => new TensorRecord { Name = parameter.Name, Offset = parameter.Offset, Shape = parameter.Shape.Dimensions })],
        Checkpoint = checkpoint,
        Training = training is null ? null : Of(training),
        Evaluation = Of(found),
    };

    /// <summary>The fixed statistics of a network's batch normalisations; null where it has none.</summary>
    /// <param name="network">The network.</param>
    /// <param name="measured">How many samples were used where a training began with them; null where a file had the statistics.</param>
    public static StatisticsRecord? Statistics(Network network, int? measured) => network.Buffers.IsEmpty
        ? null
        : new()
        {
            Origin = measured is null ? "weights" : "measured",
            Samples = measured is { } samples ? Beginning.SamplesOf(samples) : null,
            Tensors = [.. network.Buffers.Select(buffer => buffer.Name)],
        };

    /// <summary>A model with its curvature.</summary>
    public static ModelRecord Of(ModelRecord model, CurvatureResult curvature, JobOptions options) => model with
    {
        Hessian = new()
        {
            Loss = curvature.Hessian.Loss,
            Weighting = ChoiceNames.Of(options.Weighting),
            Penalty = ChoiceNames.Of(options.Penalty),
            WeightDecay = curvature.Hessian.WeightDecay,
            GradientNorm = curvature.Hessian.GradientNorm,
            Seconds = curvature.HessianSeconds,
            Trace = curvature.Hessian.Trace,
            FrobeniusNorm = curvature.Hessian.FrobeniusNorm,
            Asymmetry = curvature.Hessian.Asymmetry,
            Sha256 = MatrixHash.Of(curvature.Hessian.Matrix),
        },
        Spectrum = new(curvature.Solved, curvature.SpectrumSeconds),
        Verification = [.. curvature.Verification.Where(check => check.Applies).Select(CheckRecord.Of)],
        Volume = new() { Notebook = NotebookVolumeRecord.Of(curvature.Notebook), Excess = ExcessVolumeRecord.Of(curvature.Excess) },
    };

    /// <summary>How a training went.</summary>
    public static TrainingRecord Of(TrainingHistory training) => new()
    {
        Seconds = training.Seconds,
        Optimizer = "adadelta",
        Gamma = training.Options.Gamma,
        WeightDecay = training.Options.WeightDecay,
        Epochs = [.. training.Epochs.Select(epoch => new EpochRecord
        {
            Epoch = epoch.Epoch,
            LearningRate = epoch.LearningRate,
            TestLoss = epoch.Test?.Loss,
            TestCorrect = epoch.Test?.Correct,
            TestTotal = epoch.Test?.Total,
        })],
        StepLosses = training.StepLosses,
    };

    private static ScoreRecord Of(SampleResult found) => new() { Loss = found.Loss, Correct = found.Correct, Total = found.Total };

    private static TrialRecord Of(NormalizationTrial trial)
        => new() { Normalize = trial.Normalization.Spelling, Loss = trial.Found.Loss, Correct = trial.Found.Correct, Total = trial.Found.Total };
}
