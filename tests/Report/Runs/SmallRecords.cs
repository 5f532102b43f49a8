using BasinVolume.Report.Records;
using BasinVolume.Report.Runs;

namespace BasinVolume.Report.Tests.Runs;

/// <summary>Records with what they must have and nothing else.</summary>
internal static class SmallRecords
{
    public static ResultRecord Result { get; } = new()
    {
        Command = "train",
        Precision = "float64",
        Options = new() { BatchSize = 64, WeightDecay = 0, InitStd = null },
        Data = new(),
        Models = [],
    };

    public static PartRecord Part { get; } = new()
    {
        Command = "hessian",
        Part = 1,
        Parts = 2,
        Model = "a model",
        Share = new() { Of = "samples", All = 4, First = 0, Count = 2 },
        Fingerprint = [],
        Constants = [],
        Words = [],
    };

    public static IRunRecord Of(RunKind kind)
    {
        if (kind == RunKind.Models || kind == RunKind.Curvature)
            return Result;
        if (kind == RunKind.Spectrum)
            return new SpectrumRunRecord { Matrix = new() { Name = "a matrix" } };
        if (kind == RunKind.Part)
            return Part;
        return kind == RunKind.Volume
            ? new VolumeRecord { Hessian = new() { Name = "a matrix" }, Definitions = new Dictionary<string, DefinitionRecord>() }
            : new LandscapeRecord { Model = "a model", Lines = [] };
    }
}
