using System.Collections.Immutable;
using BasinVolume.Kernels;
using BasinVolume.Mnist.Verification;

namespace BasinVolume.Mnist.Results;

/// <summary>What a verification found, for programs. Keys are a contract, as those of <see cref="ResultDocument"/>.</summary>
internal static class VerifyDocument
{
    /// <summary>The document.</summary>
    public static object Of(VerifyOptions options, DeviceDescription device, ImmutableArray<IdentityCheck> checks) => new
    {
        Schema = 1,
        Command = "verify",
        Precision = Names.Of(options.Precision),
        Device = ResultDocument.DeviceOf(device),
        options.Model.Model,
        options.Model.Weights,
        Passed = checks.All(check => check.Passed),
        Identities = checks.Select(check => new
        {
            check.Name,
            check.Statement,
            check.Applies,
            check.Passed,
            check.Residual,
            check.Bound,
            check.Reason,
        }),
        Versions = ResultDocument.Versions(),
    };
}
