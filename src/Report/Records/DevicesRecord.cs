using System.Collections.Immutable;

namespace BasinVolume.Report.Records;

/// <summary>What <c>devices --json</c> writes to the standard output.</summary>
public sealed record DevicesRecord
{
    /// <summary>1.</summary>
    public int Schema { get; init; } = 1;

    /// <summary><c>devices</c>.</summary>
    public string? Command { get; init; } = "devices";

    /// <summary>Those that were found.</summary>
    public required ImmutableArray<FoundDeviceRecord> Devices { get; init; }

    /// <summary>What looked for them.</summary>
    public VersionsRecord? Versions { get; init; }
}

/// <summary>A device that was found.</summary>
public sealed record FoundDeviceRecord
{
    /// <summary>As <c>--device</c> has it.</summary>
    public required string Spec { get; init; }

    /// <summary>What it calls itself.</summary>
    public string? Name { get; init; }

    /// <summary>Whether it can be used.</summary>
    public required bool Usable { get; init; }

    /// <summary>Whether it computes in float64.</summary>
    public required bool Float64 { get; init; }

    /// <summary>Its memory; 0 where it does not say.</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>Why it is or is not usable.</summary>
    public string? Reason { get; init; }
}
