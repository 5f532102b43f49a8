using System.Reflection;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using BasinVolume.Curvature;
using BasinVolume.Curvature.Volumes;
using BasinVolume.Mnist.Formats;
using BasinVolume.Mnist.Notebook;

namespace BasinVolume.Mnist.Results;

/// <summary>
/// result.json: everything that a run found and what it was asked, for programs. Keys are a contract: they may be added to, never renamed. Logarithms are natural; what does not exist is null.
/// </summary>
public static class ResultDocument
{
    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Writes the document.</summary>
    /// <exception cref="OutputException">The file cannot be written.</exception>
    public static void Write(string path, NotebookResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        AtomicFile.Write(path, stream => JsonSerializer.Serialize(stream, Root(result), Format));
    }

    private static object Root(NotebookResult result) => new
    {
        Schema = 1,
        Command = "notebook",
        result.Seconds,
        Precision = Names.Of(result.Options.Precision),
        Device = new { Kind = Names.Of(result.Device.Kind), result.Device.Name, result.Device.Threads },
        Versions = Versions(),
        Options = Options(result.Options),
        Data = DataOf(result),
        Models = result.Models.Select(model => ModelOf(model, result.Options)),
    };

    private static object Versions() => new
    {
        BasinVolume = VersionOf(typeof(ResultDocument)),
        Dotnet = Environment.Version.ToString(),
        Ilgpu = VersionOf(typeof(ILGPU.Context)),
        MathNet = VersionOf(typeof(MathNet.Numerics.SpecialFunctions)),
        System = RuntimeInformation.OSDescription,
    };

    private static object Options(NotebookOptions options) => new
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

    private static object DataOf(NotebookResult result) => new
    {
        TrainImages = result.Data.Training.Count,
        TestImages = result.Data.Test.Count,
        Samples = result.Indices.Length,
        Sampling = result.Options.IndicesFile is null ? Names.Of(result.Options.Sampling) : "file",
        result.Options.Seed,
        IndicesSha256 = Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(result.Indices.AsSpan()))),
        result.Data.Sha256,
    };

    private static object ModelOf(ModelResult model, NotebookOptions options) => new
    {
        model.Model.Name,
        Parameters = model.Network.ParameterCount,
        ParameterMap = model.Network.Parameters.Select(parameter => new { parameter.Name, parameter.Offset, Shape = parameter.Shape.Dimensions }),
        Training = TrainingOf(model),
        Hessian = new
        {
            model.Hessian.Loss,
            Weighting = Names.Of(options.Weighting),
            Penalty = "excluded",
            model.Hessian.GradientNorm,
            Seconds = model.HessianSeconds,
            model.Hessian.Trace,
            model.Hessian.FrobeniusNorm,
            model.Hessian.Asymmetry,
        },
        Spectrum = SpectrumOf(model),
        Volume = new { Notebook = NotebookOf(model.Notebook), Excess = ExcessOf(model.Excess) },
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

    private static object SpectrumOf(ModelResult model)
    {
        LogDeterminant determinant = LogDeterminant.Of(model.Spectrum);
        return new
        {
            Seconds = model.SpectrumSeconds,
            Min = model.Spectrum.Minimum,
            Max = model.Spectrum.Maximum,
            model.Spectrum.Inertia.Positive,
            model.Spectrum.Inertia.Zero,
            model.Spectrum.Inertia.Negative,
            model.Spectrum.ZeroTolerance,
            LogDeterminant = new
            {
                determinant.Sign,
                LogAbs = double.IsFinite(determinant.LogAbsolute) ? determinant.LogAbsolute : (double?)null,
                Pseudo = determinant.PseudoLogAbsolute,
                determinant.Rank,
            },
        };
    }

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

    private static object ExcessOf(ExcessVolume volume) => new
    {
        volume.Parameters.Threshold,
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
