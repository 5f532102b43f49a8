using BasinVolume.Kernels;
using BasinVolume.Mnist.Options;
using BasinVolume.Report.Records;

namespace BasinVolume.Mnist.Jobs.PartJob;

/// <summary>What a part is, besides its numbers.</summary>
/// <param name="Shard">Which part of how many.</param>
/// <param name="Model">What the model is called.</param>
/// <param name="Share">Its share.</param>
/// <param name="Fingerprint">What its numbers depend on.</param>
/// <param name="Constants">What the job goes on with when all parts are there.</param>
/// <param name="Device">Where it was computed.</param>
/// <param name="Seconds">From opening the device to the last file.</param>
public sealed record PartResult(
    Shard Shard, string Model, ShareRecord Share, Fingerprint Fingerprint, Fingerprint Constants, DeviceDescription Device, double Seconds);
