using System.Globalization;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Kernels;
using BasinVolume.Mnist.Models;
using BasinVolume.Mnist.Options;

namespace BasinVolume.Mnist.Jobs;

/// <summary>The fingerprint of the loss of a run's model: all that a bit of it depends on besides the weights that it is asked at.</summary>
internal static class RunFingerprint
{
    /// <summary>The fingerprint.</summary>
    /// <param name="model">The model.</param>
    /// <param name="network">Its network.</param>
    /// <param name="weights">Its weights.</param>
    /// <param name="loss">The loss there, which says that the samples are the same.</param>
    /// <param name="device">Where it is computed.</param>
    public static Fingerprint Of(RunModel model, Network network, ReadOnlySpan<double> weights, double loss, DeviceDescription device) => new(
    [
        new("the program's version", ResultRecords.Versions.BasinVolume),
        new("the network", NetworkHash.Of(network)),
        new(JobFingerprint.Weights, Fingerprint.Of(weights)),
        new("the loss at the weights", loss.ToString("r", CultureInfo.InvariantCulture)),
        new("--precision", ChoiceNames.Of(model.Precision)),
        new(JobFingerprint.Device, device.Kind.Name),
    ]);
}
