using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using BasinVolume.Report.Tables;

namespace BasinVolume.Report.Records;

/// <summary>A line of the notebook: what it printed, and what is right.</summary>
public sealed record AuditRecord
{
    /// <summary>Which line, from 1.</summary>
    public required int Line { get; init; }

    /// <summary>What it is about.</summary>
    public required string Topic { get; init; }

    /// <summary>What the notebook printed.</summary>
    public required string Printed { get; init; }

    /// <summary>What its way gives in this run.</summary>
    public required string Here { get; init; }

    /// <summary>What is right.</summary>
    public required string Right { get; init; }

    /// <summary>What its log volume has to be changed by to be right in this respect alone; null where the line changes no volume.</summary>
    public double? Nats { get; init; }

    /// <summary>An empty one, to be filled key by key.</summary>
    [JsonConstructor]
    public AuditRecord()
    {
    }

    /// <summary>A line.</summary>
    /// <param name="line">Its number, from 1.</param>
    /// <param name="topic">What the notebook does there.</param>
    /// <param name="printed">What it printed, as far as that is on record.</param>
    /// <param name="here">What its way gives in this run.</param>
    /// <param name="right">What is right, with this run's number.</param>
    /// <param name="nats">The change of its log volume; null where the line changes none, or where there is none.</param>
    [SetsRequiredMembers]
    public AuditRecord(int line, string topic, string printed, string here, string right, double? nats)
        => (Line, Topic, Printed, Here, Right, Nats) = (line, topic, printed, here, right, nats);

    /// <summary>The notebook, line by line; nothing where there is no audit.</summary>
    public static IEnumerable<Section> Sections(ImmutableArray<AuditRecord> audit)
    {
        if (audit.IsEmpty)
            return [];
        var table = new TextTable(
            ["#", "the notebook", "it printed", "its way gives here", "what is right", "difference in nats"], [.. audit.Select(row => row.Cells())]);
        return [new("audit", "The notebook, line by line", Note: null, table)];
    }

    private ImmutableArray<string> Cells() => [Cell.Of(Line), Topic, Printed, Here, Right, Cell.Of(Nats)];
}
