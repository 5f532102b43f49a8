using BasinVolume.Basins;
using BasinVolume.Kernels;

namespace BasinVolume.Mnist.Jobs.VolumeJob;

/// <summary>A share of the rays of a run's model.</summary>
/// <param name="Model">What the model is called.</param>
/// <param name="First">The number of the first ray.</param>
/// <param name="End">The number behind that of the last.</param>
/// <param name="Share">What was found.</param>
/// <param name="Fingerprint">What it depends on.</param>
/// <param name="Device">Where it was computed.</param>
internal sealed record PartOfRays(string Model, int First, int End, RayShare Share, Fingerprint Fingerprint, DeviceDescription Device);
