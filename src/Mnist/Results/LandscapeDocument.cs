using BasinVolume.Mnist.Landscapes;

namespace BasinVolume.Mnist.Results;

/// <summary>landscape.json: the loss along directions and over a plane. Keys are a contract, as those of <see cref="ResultDocument"/>; a loss that is not finite is null.</summary>
internal static class LandscapeDocument
{
    /// <summary>The document.</summary>
    public static object Of(LandscapeResult result) => new
    {
        Schema = 1,
        Command = "landscape",
        result.Options.CommandLine,
        result.Seconds,
        Model = result.Source.Model.Name,
        Run = Path.GetFullPath(result.Source.Model.Folder),
        HessianSha256 = MatrixHash.Of(result.Source.Hessian),
        Parameters = result.Source.Weights.Length,
        result.Source.Model.Loss,
        Precision = Names.Of(result.Source.Model.Precision),
        Device = ResultDocument.DeviceOf(result.Device),
        result.Options.Seed,
        Lines = result.Lines.Select(line => new
        {
            line.Direction.Name,
            line.Direction.Slope,
            line.Direction.Curvature,
            line.Places,
            line.Losses,
            line.Quadratic,
        }),
        Plane = result.Plane is { } plane
            ? new { Across = plane.Across.Name, Up = plane.Up.Name, plane.PlacesAcross, plane.PlacesUp, Lowest = plane.Losses.Values.Min(), Highest = plane.Losses.Values.Max() }
            : null,
        Versions = ResultDocument.Versions(),
    };
}
