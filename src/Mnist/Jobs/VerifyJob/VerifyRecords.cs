using BasinVolume.Mnist.Options;
using BasinVolume.Report.Records;

namespace BasinVolume.Mnist.Jobs.VerifyJob;

/// <summary>What <c>verify --json</c> says, from what the job found.</summary>
internal static class VerifyRecords
{
    /// <summary>The record.</summary>
    public static VerifyRecord Of(VerifyResult result) => new()
    {
        Precision = ChoiceNames.Of(result.Options.Precision),
        Device = DeviceRecord.Of(result.Device),
        Model = result.Options.Model.Model,
        Weights = result.Options.Model.Weights,
        Checkpoint = ResultRecords.Of(result.Model, result.Model.Sha256(), result.Weights, trials: null),
        Passed = result.Checks.All(check => check.Passed),
        Identities = [.. result.Checks.Select(IdentityRecord.Of)],
        Versions = ResultRecords.Versions,
    };
}
