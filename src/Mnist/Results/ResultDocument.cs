using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using BasinVolume.Autodiff;
using BasinVolume.Curvature.Volumes;
using BasinVolume.Kernels;
using BasinVolume.Mnist.Audits;
using BasinVolume.Mnist.Curvatures;
using BasinVolume.Mnist.Data;
using BasinVolume.Mnist.Formats;
using BasinVolume.Mnist.Notebook;

namespace BasinVolume.Mnist.Results;

/// <summary>
/// result.json: everything that a run found and what it was asked, for programs. Keys are a contract: they may be added to, never renamed. Logarithms are natural; what does not exist is null.
/// </summary>
public static class ResultDocument
{
    /// <summary>Writes the document of the main job.</summary>
    /// <exception cref="OutputException">The file cannot be written.</exception>
    public static void Write(string path, NotebookResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        JsonFile.Write(path, Root("notebook", result.Options, result.Device, result.Seconds, OptionsOf(result.Options), DataOf(result.Options, result.Data, result.Indices),
            [.. result.Models.Select(model => ModelOf(model.Model.Name, model.Network, TrainingOf(model), checkpoint: null, model.Curvature, result.Options))], AuditOf(result.Audit)));
    }

    /// <summary>Writes the document of the job for given weights.</summary>
    /// <exception cref="OutputException">The file cannot be written.</exception>
    public static void Write(string path, HessianResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var checkpoint = new { Path = Path.GetFullPath(result.Options.Weights), Sha256 = result.WeightsSha256 };
        JsonFile.Write(path, Root("hessian", result.Options, result.Device, result.Seconds, OptionsOf(result.Options), DataOf(result.Options, result.Data, result.Indices),
            [ModelOf(result.Options.ModelName, result.Network, training: null, checkpoint, result.Curvature, result.Options)], audit: null));
    }

    private static object Root(string command, CurvatureOptions options, DeviceDescription device, double seconds, object asked, object data, object[] models, object? audit) => new
    {
        Schema = 1,
        Command = command,
        Seconds = seconds,
        Precision = Names.Of(options.Precision),
        Device = new { Kind = Names.Of(device.Kind), device.Name, device.Threads },
        Versions = Versions(),
        Options = asked,
        Data = data,
        Models = models,
        Audit = audit,
    };

    private static object AuditOf(ImmutableArray<AuditRow> audit) => audit.Select(row => new { row.Line, row.Topic, row.Printed, row.Here, row.Right, row.Nats });

    /// <summary>What computed.</summary>
    internal static object Versions() => new
    {
        BasinVolume = VersionOf(typeof(ResultDocument)),
        Dotnet = Environment.Version.ToString(),
        Ilgpu = VersionOf(typeof(ILGPU.Context)),
        MathNet = VersionOf(typeof(MathNet.Numerics.SpecialFunctions)),
        System = RuntimeInformation.OSDescription,
    };

    private static object OptionsOf(NotebookOptions options) => new
    {
        options.Epochs,
        options.BatchSize,
        LearningRate = options.LearningRate,
        options.Gamma,
        options.WeightDecay,
        InitStd = options.InitialDeviation,
        options.Threshold,
        options.K,
        options.Threads,
    };

    private static object OptionsOf(HessianOptions options) => new
    {
        options.Model,
        options.BatchSize,
        options.WeightDecay,
        InitStd = options.InitialDeviation,
        options.Threshold,
        options.K,
        options.Threads,
    };

    private static object DataOf(CurvatureOptions options, MnistData data, ImmutableArray<int> indices) => new
    {
        TrainImages = data.Training.Count,
        TestImages = data.Test.Count,
        Samples = indices.Length,
        Sampling = options.IndicesFile is null ? Names.Of(options.Sampling) : "file",
        options.Seed,
        IndicesSha256 = Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(indices.AsSpan()))),
        data.Sha256,
    };

    private static object ModelOf(string name, Network network, object? training, object? checkpoint, CurvatureResult curvature, CurvatureOptions options) => new
    {
        Name = name,
        Parameters = network.ParameterCount,
        ParameterMap = network.Parameters.Select(parameter => new { parameter.Name, parameter.Offset, Shape = parameter.Shape.Dimensions }),
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
        },
        Spectrum = SpectrumEntry.Of(curvature.Solved, curvature.SpectrumSeconds),
        Verification = curvature.Verification.Where(check => check.Applies).Select(VerificationOf),
        Volume = new { Notebook = NotebookOf(curvature.Notebook), Excess = ExcessOf(curvature.Excess) },
    };

    // JSON knows no infinity and no NaN.
    private static object VerificationOf(IdentityCheck check) => new
    {
        check.Name,
        Residual = double.IsFinite(check.Residual.GetValueOrDefault()) ? check.Residual : null,
        Bound = double.IsFinite(check.Bound.GetValueOrDefault()) ? check.Bound : null,
        check.Passed,
    };

    private static object TrainingOf(ModelResult model) => new
    {
        Seconds = model.TrainingSeconds,
        Optimizer = "adadelta",
        model.Model.Training.Gamma,
        model.Model.Training.WeightDecay,
        Epochs = model.Epochs.Select(epoch => new
        {
            epoch.Epoch,
            epoch.LearningRate,
            TestLoss = epoch.Test.Loss,
            TestCorrect = epoch.Test.Correct,
            TestTotal = epoch.Test.Total,
        }),
        model.StepLosses,
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
