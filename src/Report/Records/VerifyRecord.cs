using System.Collections.Immutable;
using BasinVolume.Kernels;

namespace BasinVolume.Report.Records;

/// <summary>What <c>verify --json</c> writes to the standard output.</summary>
public sealed record VerifyRecord
{
    /// <summary>1.</summary>
    public int Schema { get; init; } = 1;

    /// <summary><c>verify</c>.</summary>
    public string? Command { get; init; } = "verify";

    /// <summary>What the device computed in.</summary>
    public string? Precision { get; init; }

    /// <summary>Where it was computed.</summary>
    public DeviceRecord? Device { get; init; }

    /// <summary>The network as it was asked for.</summary>
    public string? Model { get; init; }

    /// <summary>The weights as they were asked for; null for drawn ones.</summary>
    public string? Weights { get; init; }

    /// <summary>What the weights are, as in <c>result.json</c>, with what was read of an ONNX file and how its outputs compare; null for drawn ones.</summary>
    public CheckpointRecord? Checkpoint { get; init; }

    /// <summary>Whether every identity that applies holds.</summary>
    public required bool Passed { get; init; }

    /// <summary>All identities.</summary>
    public required ImmutableArray<IdentityRecord> Identities { get; init; }

    /// <summary>What computed.</summary>
    public VersionsRecord? Versions { get; init; }
}

/// <summary>An exact identity, whether or not it applies.</summary>
public sealed record IdentityRecord
{
    /// <summary>Short and stable.</summary>
    public required string Name { get; init; }

    /// <summary>What must hold, as a formula.</summary>
    public required string Statement { get; init; }

    /// <summary>Whether it says anything about the network at hand.</summary>
    public required bool Applies { get; init; }

    /// <summary>Whether nothing is wrong.</summary>
    public required bool Passed { get; init; }

    /// <summary>How far it is from holding; null where it does not apply or is not finite.</summary>
    public double? Residual { get; init; }

    /// <summary>How far rounding can take it; null where it does not apply or is not finite.</summary>
    public double? Bound { get; init; }

    /// <summary>Why it must hold here, or why it does not apply.</summary>
    public required string Reason { get; init; }

    /// <summary>What is said of one.</summary>
    public static IdentityRecord Of(IdentityCheck check)
    {
        ArgumentNullException.ThrowIfNull(check);
        return new()
        {
            Name = check.Name,
            Statement = check.Statement,
            Applies = check.Applies,
            Passed = check.Passed,
            Residual = check.Residual,
            Bound = check.Bound,
            Reason = check.Reason,
        };
    }
}
