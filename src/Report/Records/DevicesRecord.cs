using System.Collections.Immutable;
using BasinVolume.Kernels;
using BasinVolume.Report.Tables;

namespace BasinVolume.Report.Records;

/// <summary>What <c>devices --json</c> writes to the standard output.</summary>
public sealed record DevicesRecord : IShownRecord
{
    /// <summary>1.</summary>
    public int Schema { get; init; } = 1;

    /// <summary><c>devices</c>.</summary>
    public string? Command { get; init; } = "devices";

    /// <summary>Those that were found.</summary>
    public required ImmutableArray<FoundDeviceRecord> Devices { get; init; }

    /// <summary>What looked for them.</summary>
    public VersionsRecord? Versions { get; init; }

    /// <inheritdoc/>
    public IEnumerable<AnswerLine> Answer()
        => [AnswerTexts.Computed($"{Cell.Of(Devices.Count(device => device.Usable))} of {Cell.Of(Devices.Length)} devices can be used")];

    /// <inheritdoc/>
    public IEnumerable<Section> Sections() =>
    [
        new("devices", "Devices", Note: null, new(
            ["--device", "usable", "float64", "memory", "name", "why"], [.. Devices.Select(device => device.Cells())])),
    ];
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

    /// <summary>The same as a row of a table.</summary>
    internal ImmutableArray<string> Cells() => [Spec, YesNo(Usable), YesNo(Float64), Memory, Cell.Of(Name), Cell.Of(Reason)];

    private string Memory => MemoryBytes is > 0 and { } bytes ? ByteSize.Of(bytes) : Cell.Nothing;

    private static string YesNo(bool value) => value ? "yes" : "no";
}
