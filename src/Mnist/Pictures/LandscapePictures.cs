using BasinVolume.Interop;
using BasinVolume.Mnist.Landscapes;
using BasinVolume.Mnist.Results;

namespace BasinVolume.Mnist.Pictures;

/// <summary>Which pictures a landscape leaves: one for each direction, and one of the plane.</summary>
public static class LandscapePictures
{
    /// <summary>Writes them.</summary>
    /// <exception cref="OutputException">A file cannot be written.</exception>
    public static void Write(RunFolder folder, LandscapeResult result)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(result);
        string name = result.Source.Model.Name;
        foreach (LossLine line in result.Lines)
            LinePicture.Write(folder.PathOf($"line-{name}-{line.Direction.Name}.svg"), name, line);
        if (result.Plane is { } plane)
            PlanePicture.Write(folder.PathOf($"plane-{name}.png"), name, plane);
    }
}
