using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Curvature.Volumes;
using BasinVolume.Gpu.Devices;
using BasinVolume.Interop.Weights;
using BasinVolume.Kernels;
using BasinVolume.Mnist.Audits;
using BasinVolume.Mnist.Curvatures;
using BasinVolume.Mnist.Data;
using BasinVolume.Mnist.Models;
using BasinVolume.Mnist.Notebook;
using BasinVolume.Mnist.Training;

namespace BasinVolume.Mnist.Results;

/// <summary>
/// result.json: everything that a run found and what it was asked, for programs. Keys are a contract: they may be added to, never renamed. Logarithms are natural; what does not exist is null.
/// </summary>
public static class ResultDocument
{
    /// <summary>The document of the main job.</summary>
    public static object Of(NotebookResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return Root("notebook", result.Options, result.Device, result.Seconds, OptionsOf(result.Options), DataOf(result.Options, result.Data, result.Indices),
            [.. result.Models.Select(model => ModelOf(model.Model.Name, model.Network, TrainingOf(model.Training), checkpoint: null, model.Curvature, result.Options))], AuditOf(result.Audit));
    }

    /// <summary>The document of the job for one model.</summary>
    public static object Of(HessianResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return Root("hessian", result.Options, result.Device, result.Seconds, OptionsOf(result), DataOf(result.Options, result.Data, result.Indices),
            [ModelOf(result.Model.Name, result.Model.Network, result.Training is { } training ? TrainingOf(training) : null, CheckpointOf(result.Model, result.WeightsSha256, result.Weights, result.Trials), result.Curvature, result.Options)],
            audit: null);
    }

    /// <summary>The document of a training.</summary>
    public static object Of(TrainResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return Root("train", result.Options, result.Device, result.Seconds, OptionsOf(result), DataOf(result.Options, result.Data, result.Indices),
            [ModelOf(result.Model.Name, result.Model.Network, TrainingOf(result.Training), checkpoint: null)], audit: null);
    }

    /// <summary>What is said of weights that were trained elsewhere; null if there are none.</summary>
    internal static object? CheckpointOf(ChosenModel model, string? sha256, StoredWeights? weights, NormalizationTrials? trials) => model.Weights is { } path
        ? new
        {
            Path = Path.GetFullPath(path),
            Sha256 = sha256,
            Part = weights?.Part,
            LeftOut = weights?.LeftOut,
            Normalization = weights?.Normalization?.Spelling,
            Trials = trials is null ? null : new[] { trials.Used }.Concat(trials.Others).Select(TrialOf),
            trials?.Advice,
        }
        : null;

    /// <summary>How pixels became inputs.</summary>
    internal static object NormalizationOf(PixelChoice pixels) => new
    {
        Name = pixels.Used.Spelling,
        Mean = pixels.Used.Means,
        Std = pixels.Used.Deviations,
        Origin = Names.Of(pixels.Origin),
        pixels.Advice,
    };

    private static object TrialOf(NormalizationTrial trial)
        => new { Normalize = trial.Normalization.Spelling, trial.Found.Loss, trial.Found.Correct, trial.Found.Total };

    private static object Root(string command, CurvatureOptions options, DeviceDescription device, double seconds, object asked, object data, object[] models, object? audit) => new
    {
        Schema = 1,
        Command = command,
        options.CommandLine,
        Seconds = seconds,
        Precision = Names.Of(options.Precision),
        Device = DeviceOf(device),
        Versions = Versions(),
        Options = asked,
        Data = data,
        Models = models,
        Audit = audit,
    };

    /// <summary>Where something was computed.</summary>
    internal static object DeviceOf(DeviceDescription device) => new { Kind = device.Kind.Name, device.Name, device.Threads };

    private static object AuditOf(ImmutableArray<AuditRow> audit) => audit.Select(row => new { row.Line, row.Topic, row.Printed, row.Here, row.Right, row.Nats });

    /// <summary>What computed.</summary>
    internal static object Versions() => new
    {
        BasinVolume = VersionOf(typeof(ResultDocument)),
        Dotnet = Environment.Version.ToString(),
        Ilgpu = DeviceCatalog.IlgpuVersion,
        MathNet = VersionOf(typeof(MathNet.Numerics.SpecialFunctions)),
        System = RuntimeInformation.OSDescription,
    };

    private static object OptionsOf(NotebookOptions options) => new
    {
        options.Training.Epochs,
        options.BatchSize,
        options.Training.LearningRate,
        options.Training.Gamma,
        options.WeightDecay,
        InitStd = options.InitialDeviation,
        options.Threshold,
        options.K,
        options.Threads,
    };

    private static object OptionsOf(HessianResult result) => new
    {
        Model = result.Model.Spelling,
        result.Options.BatchSize,
        result.Options.WeightDecay,
        InitStd = result.Options.InitialDeviation,
        result.Options.Threshold,
        result.Options.K,
        result.Options.Threads,
    };

    private static object OptionsOf(TrainResult result) => new
    {
        Model = result.Model.Spelling,
        result.Options.Training.Epochs,
        result.Options.BatchSize,
        result.Options.Training.LearningRate,
        result.Options.Training.Gamma,
        result.Options.WeightDecay,
        InitStd = result.Options.Training.InitialDeviation,
        result.Options.Threads,
    };

    private static object DataOf(CurvatureOptions options, MnistData data, ImmutableArray<int> indices) => new
    {
        TrainImages = data.Training.Count,
        TestImages = data.Test.Count,
        Samples = indices.Length,
        Sampling = options.IndicesFile is null ? Names.Of(options.Sampling) : "file",
        options.Seed,
        Normalization = NormalizationOf(data.Pixels),
        IndicesSha256 = Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(indices.AsSpan()))),
        data.Sha256,
    };

    private static object ModelOf(string name, Network network, object training, object? checkpoint) => new
    {
        Name = name,
        Parameters = network.ParameterCount,
        ParameterMap = ParameterMapOf(network),
        Checkpoint = checkpoint,
        Training = training,
    };

    private static object ModelOf(string name, Network network, object? training, object? checkpoint, CurvatureResult curvature, CurvatureOptions options) => new
    {
        Name = name,
        Parameters = network.ParameterCount,
        ParameterMap = ParameterMapOf(network),
        Checkpoint = checkpoint,
        Training = training,
        Hessian = new
        {
            curvature.Hessian.Loss,
            Weighting = Names.Of(options.Weighting),
            Penalty = Names.Of(options.Penalty),
            curvature.Hessian.WeightDecay,
            curvature.Hessian.GradientNorm,
            Seconds = curvature.HessianSeconds,
            curvature.Hessian.Trace,
            curvature.Hessian.FrobeniusNorm,
            curvature.Hessian.Asymmetry,
            Sha256 = MatrixHash.Of(curvature.Hessian.Matrix),
        },
        Spectrum = SpectrumEntry.Of(curvature.Solved, curvature.SpectrumSeconds),
        Verification = curvature.Verification.Where(check => check.Applies).Select(VerificationOf),
        Volume = new { Notebook = NotebookOf(curvature.Notebook), Excess = ExcessOf(curvature.Excess) },
    };

    private static object ParameterMapOf(Network network) => network.Parameters.Select(parameter => new { parameter.Name, parameter.Offset, Shape = parameter.Shape.Dimensions });

    private static object VerificationOf(IdentityCheck check) => new { check.Name, check.Residual, check.Bound, check.Passed };

    /// <summary>What is said of a training.</summary>
    internal static object TrainingOf(TrainingHistory training) => new
    {
        training.Seconds,
        Optimizer = "adadelta",
        training.Options.Gamma,
        training.Options.WeightDecay,
        Epochs = training.Epochs.Select(epoch => new
        {
            epoch.Epoch,
            epoch.LearningRate,
            TestLoss = epoch.Test.Loss,
            TestCorrect = epoch.Test.Correct,
            TestTotal = epoch.Test.Total,
        }),
        training.StepLosses,
    };

    private static object NotebookOf(NotebookVolume volume) => new
    {
        LogUnitBall = volume.Ellipsoid.Terms?.LogUnitBallStirling,
        LogUnitBallExact = volume.Ellipsoid.Terms?.LogUnitBall,
        volume.Ellipsoid.Terms?.LogThresholdTerm,
        volume.Ellipsoid.Terms?.LogDenominator,
        volume.LogVolume,
        volume.LogVolumeExact,
        volume.Ellipsoid.Terms?.LogConstantsTerm,
        volume.Ellipsoid.Terms?.LogCurvatureTerm,
        volume.Ellipsoid.Reason,
    };

    private static object ExcessOf(QuadraticVolume volume) => new
    {
        Threshold = volume.Threshold.Value,
        volume.Loss,
        volume.Excess,
        volume.Empty,
        volume.LogVolume,
        volume.LogVolumeStirling,
        volume.Ellipsoid.Terms?.LogUnitBall,
        volume.Ellipsoid.Terms?.LogThresholdTerm,
        volume.Ellipsoid.Terms?.LogDenominator,
        volume.Ellipsoid.Reason,
    };

    private static string VersionOf(Type type)
        => type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";
}
