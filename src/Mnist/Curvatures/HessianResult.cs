using System.Collections.Immutable;
using BasinVolume.Autodiff;
using BasinVolume.Kernels;
using BasinVolume.Mnist.Data;

namespace BasinVolume.Mnist.Curvatures;

/// <summary>All that was found at given weights.</summary>
/// <param name="Options">What was asked.</param>
/// <param name="WeightsSha256">What the checkpoint can be recognised by.</param>
/// <param name="Device">Where it was computed.</param>
/// <param name="Network">The network.</param>
/// <param name="Data">The images.</param>
/// <param name="Indices">The training images that were used, in order.</param>
/// <param name="Curvature">The curvature.</param>
/// <param name="Seconds">From opening the device to the last volume, files included.</param>
public sealed record HessianResult(
    HessianOptions Options, string WeightsSha256, DeviceDescription Device, Network Network, MnistData Data, ImmutableArray<int> Indices, CurvatureResult Curvature, double Seconds);
