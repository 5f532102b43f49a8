using System.Collections.Immutable;
using BasinVolume.Basins.Landscapes;
using BasinVolume.Kernels;

namespace BasinVolume.Mnist.Jobs.LandscapeJob;

/// <summary>All that was found of a landscape.</summary>
/// <param name="Options">What was asked.</param>
/// <param name="Source">The model.</param>
/// <param name="Device">Where it was computed.</param>
/// <param name="Lines">The loss along each direction.</param>
/// <param name="Plane">The loss over the plane of the first two eigenvectors; null if there are no two, or none was asked for.</param>
/// <param name="Seconds">From the first file read to the last file written.</param>
public sealed record LandscapeResult(
    LandscapeOptions Options, LandscapeSource Source, DeviceDescription Device, ImmutableArray<LossLine> Lines, LossPlane? Plane, double Seconds);
