using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using BasinVolume.Basins;
using BasinVolume.Curvature.Volumes;
using BasinVolume.Report.Tables;

namespace BasinVolume.Report.Records;

/// <summary>A definition of a basin's volume as it came out.</summary>
public sealed record DefinitionRecord
{
    /// <summary>Whether there is a value.</summary>
    public required bool Applies { get; init; }

    /// <summary>Why there is no value; null if there is one.</summary>
    public string? Reason { get; init; }

    /// <summary>Of a definition that measures a probability: its logarithm in nats, without a unit; null where there is no value.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public OptionalNumber? LogProbability { get; init; }

    /// <summary>
    /// Of a definition that measures a volume: its logarithm in nats, in the product of the parameters' units, which compares with no other network;
    /// null where there is no value.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public OptionalNumber? LogVolume { get; init; }

    /// <summary>Of a probability: the distribution of weights whose share is measured, such as <c>N(θ*, 0.5² I)</c> with θ* for the weights.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Prior { get; init; }

    /// <summary>Of a definition that is sampled, else null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public OptionalNumber? StandardError { get; init; }

    /// <summary>Of a definition that is sampled: whether its samples are enough for a value.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Reliable { get; init; }

    /// <summary>Of a definition that is sampled: where the value lies with 95 % confidence, <c>[low, high]</c>; null where there is no value.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public OptionalInterval? Interval { get; init; }

    /// <summary>Parts that add up to the value.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, double>? Split { get; init; }

    /// <summary>What the value takes for granted.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<string>? Assumptions { get; init => field = Elements.Known(value); }

    /// <summary>
    /// Of a definition that is sampled: what the value is at least, with 95 % confidence, where samples are too few for a value:
    /// fewer than 30 rays that share in it. Then <c>applies</c> and <c>reliable</c> are false, and value, error and interval are null.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public OptionalNumber? LowerBound { get; init; }

    /// <summary>Of <c>rays</c>: how many of them really share in the value.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public OptionalNumber? EffectiveSampleSize { get; init; }

    /// <summary>What to make of the value, for a person; null where there is nothing to say.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Verdict { get; init; }

    /// <summary>What else the definition says of itself, a key each (<see href="volume.md"/>).</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Particulars { get; set; }

    /// <summary>What is said of a definition.</summary>
    public static DefinitionRecord Of(VolumeEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (entry.Definition is not { } definition)
            return new() { Applies = entry.Applies, Reason = entry.Reason };
        bool sampled = definition.IsSampled;
        return new()
        {
            Applies = entry.Applies,
            Reason = entry.Reason,
            LogProbability = OptionalNumber.If(definition.Unit == VolumeUnit.Probability, definition.LogValue),
            LogVolume = OptionalNumber.If(definition.Unit == VolumeUnit.ParameterUnits, definition.LogValue),
            Prior = definition.PriorNotation,
            StandardError = new(definition.StandardError),
            Reliable = sampled ? entry.Applies : null,
            Interval = sampled ? new(OptionalInterval.EndsOf(definition.Interval)) : null,
            Split = definition.Split.ToDictionary(term => term.Name, term => term.Nats),
            Assumptions = definition.Assumptions,
            LowerBound = OptionalNumber.If(sampled, definition.LowerBound),
            EffectiveSampleSize = OptionalNumber.If(sampled, definition.EffectiveSampleSize),
            Verdict = definition.Verdict.Length > 0 ? definition.Verdict : null,
            Particulars = definition.Particulars.ToDictionary(particular => particular.Name, ElementOf),
        };
    }

    /// <summary>The logarithm of what it measures; null where there is none.</summary>
    internal double? Value => LogProbability?.Value ?? LogVolume?.Value;

    /// <summary>The same as a row of a table.</summary>
    internal ImmutableArray<string> Cells(string name)
        => [name, Quantity, ValueCell(), Cell.Ends(Interval?.Ends), Cell.Of(EffectiveSampleSize?.Value), Cell.Of(Reason)];

    /// <summary>The tables of definitions: values, and for whoever wants more the parts that add up to them and what to make of them.</summary>
    /// <param name="definitions">The definitions.</param>
    /// <param name="id">What links to the first table end with.</param>
    /// <param name="title">What stands above it.</param>
    /// <param name="note">A sentence before the first table; null for none.</param>
    /// <param name="further">Rows behind those of the definitions.</param>
    internal static IEnumerable<Section> Sections(
        IReadOnlyDictionary<string, DefinitionRecord> definitions, string id, string title, string? note, IEnumerable<ImmutableArray<string>> further)
    {
        yield return new(id, title, note, new(
            ["definition", "measured by", "nats", "95 % interval", "effective sample size", "why there is no value"],
            [.. definitions.Select(definition => definition.Value.Cells(DefinitionNames.Of(definition.Key))), .. further]));
        if (definitions.Any(definition => definition.Value.Assumptions is { IsEmpty: false }))
            yield return new($"{id}-meaning", "What they assume, and what to make of them", Note: null, new(
                ["definition", "assumes", "verdict"],
                [.. definitions.Where(definition => definition.Value.Assumptions is { IsEmpty: false }).Select(definition => (ImmutableArray<string>)
                    [DefinitionNames.Of(definition.Key), Cell.Of(definition.Value.Assumptions!.Value), Cell.Of(definition.Value.Verdict)])]))
            {
                IsDetail = true,
            };
        ImmutableArray<string>[] terms =
            [.. definitions.SelectMany(definition => (definition.Value.Split ?? new Dictionary<string, double>()).Select(
                term => (ImmutableArray<string>)[DefinitionNames.Of(definition.Key), term.Key.Replace('_', ' '), Cell.Of(term.Value)]))];
        if (terms.Length > 0)
            yield return new($"{id}-split", "What adds up to them", Note: null, new(["definition", "part", "nats"], [.. terms])) { IsDetail = true };
    }

    // Probabilities compare under one prior only.
    private string Quantity => Prior ?? (LogProbability is not null ? "probability" : LogVolume is not null ? "volume" : Cell.Nothing);

    private string ValueCell() => LowerBound?.Value is { } bound ? $"at least {Cell.Of(bound)}" : Cell.Of(Value);

    private static JsonElement ElementOf(VolumeParticular particular)
        => particular.Text is { } text
            ? JsonSerializer.SerializeToElement(text, RunJson.Default.String)
            : JsonSerializer.SerializeToElement(particular.Value, RunJson.Default.NullableDouble);
}
