using System.Collections.Immutable;
using BasinVolume.Report.Tables;

namespace BasinVolume.Report.Records;

/// <summary><c>part.json</c>: what one of several processes computed of a result; <c>merge</c> puts the parts together.</summary>
public sealed record PartRecord : IRunRecord
{
    /// <summary>1.</summary>
    public int Schema { get; init; } = 1;

    /// <summary><c>hessian</c> or <c>volume</c>: the command whose result it is a part of.</summary>
    public string? Command { get; init; }

    /// <summary>The command that computes this part again, without the folder for it.</summary>
    public string? CommandLine { get; init; }

    /// <summary>Which part it is, from 1.</summary>
    public required int Part { get; init; }

    /// <summary>How many parts there are.</summary>
    public required int Parts { get; init; }

    /// <summary>What the model is called.</summary>
    public required string Model { get; init; }

    /// <summary>The part's share.</summary>
    public required ShareRecord Share { get; init; }

    /// <summary>What the numbers of a part depend on: the parts of one result agree in all of it.</summary>
    public required ImmutableArray<NamedTextRecord> Fingerprint { get; init => field = Elements.Known(value); }

    /// <summary>What <c>merge</c> goes on with where it is told nothing else: the parts agree in it as well.</summary>
    public required ImmutableArray<NamedTextRecord> Constants { get; init => field = Elements.Known(value); }

    /// <summary>The options of the command, one word after the other, with whole paths; without <c>--shard</c> and the folder.</summary>
    public required ImmutableArray<string> Words { get; init => field = Elements.Known(value); }

    /// <summary>From opening the device to the last file.</summary>
    public double? Seconds { get; init; }

    /// <summary>Where it was computed.</summary>
    public DeviceRecord? Device { get; init; }

    /// <summary>What computed.</summary>
    public VersionsRecord? Versions { get; init; }

    /// <summary>What the job wrote, as in <c>result.json</c>.</summary>
    public ImmutableArray<WrittenFile>? Files { get; init => field = Elements.Known(value); }

    private string What => Command == "hessian" ? "Hessian" : "rays";

    /// <inheritdoc/>
    public IRunRecord With(ImmutableArray<WrittenFile> files) => this with { Files = files };

    /// <inheritdoc/>
    public IEnumerable<string> Hessians() => [];

    /// <inheritdoc/>
    public IEnumerable<(string Name, string Value)> Asked() => Constants.Select(constant => (constant.Name, constant.Value));

    /// <inheritdoc/>
    public IEnumerable<AnswerLine> Answer() =>
    [
        AnswerTexts.Computed($"part {Cell.Of(Part)} of {Cell.Of(Parts)} of the {What} of {Model}: {Cell.Of(Share.Count)} of {Cell.Of(Share.All)} {Share.Of}"),
        new("next", "basin-volume merge PART-1 PART-2 ... --out RUN, when all parts are there"),
    ];

    /// <inheritdoc/>
    public IEnumerable<Section> Sections() =>
    [
        new(
            "part",
            $"Part {Cell.Of(Part)} of {Cell.Of(Parts)} of the {What} of {Model}",
            $"It is no result: when all {Cell.Of(Parts)} are there, put them together with 'basin-volume merge PART-1 PART-2 ... --out RUN'.",
            TextTable.Of("", "value",
            [
                (Share.Of, $"{Cell.Of(Share.Count)} of {Cell.Of(Share.All)}{(Share.Count == 0 ? ": this part is empty" : string.Empty)}"),
                .. Share.Shards is { } shards ? [("shards", $"{Cell.Of(Share.ShardCount)} of {Cell.Of(shards)}")] : Array.Empty<(string, string)>(),
                ("seconds", Cell.Seconds(Seconds)),
            ])),
    ];

    /// <inheritdoc/>
    public IEnumerable<Section> SelfCheck() => [];

    /// <inheritdoc/>
    public IEnumerable<(string Name, string Value)> Provenance()
        => [.. Device?.Rows() ?? [], .. Versions?.Rows() ?? [], ("seconds in all", Cell.Seconds(Seconds))];
}

/// <summary>A share: consecutive samples or rays.</summary>
public sealed record ShareRecord
{
    /// <summary><c>samples</c> or <c>rays</c>.</summary>
    public required string Of { get; init; }

    /// <summary>How many there are in all.</summary>
    public required int All { get; init; }

    /// <summary>The first of the share, from 0.</summary>
    public required int First { get; init; }

    /// <summary>How many are in it; 0 where there are more parts than there is work.</summary>
    public required int Count { get; init; }

    /// <summary>Into how many shards all samples are cut; null for rays.</summary>
    public int? Shards { get; init; }

    /// <summary>The first shard of the share; null for rays.</summary>
    public int? FirstShard { get; init; }

    /// <summary>How many shards are in the share; null for rays.</summary>
    public int? ShardCount { get; init; }

    /// <summary>The largest difference of mirrored elements in the raw computation of a shard; null for rays.</summary>
    public double? Difference { get; init; }

    /// <summary>For how many weight vectors the loss was evaluated, as every part has to before its rays; null for samples.</summary>
    public long? Before { get; init; }

    /// <summary>For how many weight vectors the loss was evaluated for this share; null for samples.</summary>
    public long? Evaluations { get; init; }
}

/// <summary>A name and a text.</summary>
public sealed record NamedTextRecord
{
    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>The text.</summary>
    public required string Value { get; init; }
}
