using System.Collections.Immutable;
using BasinVolume.Report.Tables;

namespace BasinVolume.Report.Records;

/// <summary>What <c>report --json</c> writes to the standard output.</summary>
public sealed record PageRecord : IShownRecord
{
    /// <summary>1.</summary>
    public int Schema { get; init; } = 1;

    /// <summary><c>report</c>.</summary>
    public string? Command { get; init; } = "report";

    /// <summary>Where the page is.</summary>
    public required string File { get; init; }

    /// <summary>What in the folder it does not show, and why.</summary>
    public required ImmutableArray<string> LeftOut { get; init; }

    /// <inheritdoc/>
    public IEnumerable<AnswerLine> Answer() => [];

    /// <inheritdoc/>
    public IEnumerable<Section> Sections() => LeftOut.IsEmpty
        ? []
        : [new("left-out", "What the page leaves out", Note: null, new(["file and reason"], [.. LeftOut.Select(line => ImmutableArray.Create(line))]))];
}
