using BasinVolume.Mnist.Formats;
using BasinVolume.Mnist.Landscapes;

namespace BasinVolume.Mnist.Results;

/// <summary>landscape.json: the loss along directions and over a plane. Keys are a contract, as those of <see cref="ResultDocument"/>; a loss that is not finite is null.</summary>
internal static class LandscapeDocument
{
    /// <summary>Writes the document.</summary>
    /// <exception cref="OutputException">The file cannot be written.</exception>
    public static void Write(string path, LandscapeResult result) => JsonFile.Write(path, new
    {
        Schema = 1,
        Command = "landscape",
        result.Options.CommandLine,
        result.Seconds,
        Model = result.Source.Model.Name,
        Run = Path.GetFullPath(result.Source.Model.Folder),
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
            Losses = line.Losses.Select(FiniteOrNull),
            line.Quadratic,
        }),
        Plane = result.Plane is { } plane
            ? new { Across = plane.Across.Name, Up = plane.Up.Name, plane.PlacesAcross, plane.PlacesUp, Lowest = FiniteOrNull(plane.Losses.Values.Min()), Highest = FiniteOrNull(plane.Losses.Values.Max()) }
            : null,
        Versions = ResultDocument.Versions(),
    });

    // JSON knows no infinity and no NaN.
    private static double? FiniteOrNull(double value) => double.IsFinite(value) ? value : null;
}
