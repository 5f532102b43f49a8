using System.Collections.Immutable;

namespace BasinVolume.Report.Records;

/// <summary>What <c>report --json</c> writes to the standard output.</summary>
public sealed record PageRecord
{
    /// <summary>1.</summary>
    public int Schema { get; init; } = 1;

    /// <summary><c>report</c>.</summary>
    public string? Command { get; init; } = "report";

    /// <summary>Where the page is.</summary>
    public required string File { get; init; }

    /// <summary>What in the folder it does not show, and why.</summary>
    public required ImmutableArray<string> LeftOut { get; init; }
}
