using BasinVolume.Mnist.Options;
using BasinVolume.Report.Records;
using BasinVolume.Report.Runs;

namespace BasinVolume.Mnist.Jobs.LandscapeJob;

/// <summary>What <c>landscape.json</c> says, from what the job found.</summary>
internal static class LandscapeRecords
{
    /// <summary>The record.</summary>
    public static LandscapeRecord Of(LandscapeResult result) => new()
    {
        CommandLine = result.Options.CommandLine,
        Seconds = result.Seconds,
        Model = result.Source.Model.Name,
        Run = Path.GetFullPath(result.Source.Model.Folder),
        HessianSha256 = result.Source.Hessian is { } hessian ? MatrixHash.Of(hessian) : null,
        Point = result.Source.Hessian is null ? result.Source.Model.Point : null,
        Parameters = result.Source.Weights.Length,
        Loss = result.Source.Model.Loss,
        Evaluation = result.Source.Model.Evaluation,
        Precision = ChoiceNames.Of(result.Source.Model.Precision),
        Device = DeviceRecord.Of(result.Device),
        Seed = result.Options.Seed,
        Lines = [.. result.Lines.Select(LineRecord.Of)],
        Plane = result.Plane is { } plane ? PlaneRecord.Of(plane) : null,
        Versions = ResultRecords.Versions,
    };
}
