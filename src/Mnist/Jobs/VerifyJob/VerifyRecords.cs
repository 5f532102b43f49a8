using System.Collections.Immutable;
using BasinVolume.Kernels;
using BasinVolume.Mnist.Options;
using BasinVolume.Report.Records;

namespace BasinVolume.Mnist.Jobs.VerifyJob;

/// <summary>What <c>verify --json</c> says, from what the job found.</summary>
internal static class VerifyRecords
{
    /// <summary>The record.</summary>
    public static VerifyRecord Of(VerifyOptions options, DeviceDescription device, ImmutableArray<IdentityCheck> checks) => new()
    {
        Precision = ChoiceNames.Of(options.Precision),
        Device = DeviceRecord.Of(device),
        Model = options.Model.Model,
        Weights = options.Model.Weights,
        Passed = checks.All(check => check.Passed),
        Identities = [.. checks.Select(IdentityRecord.Of)],
        Versions = ResultRecords.Versions,
    };
}
