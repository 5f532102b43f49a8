using System.Collections.Immutable;
using System.Text.Json.Serialization;
using BasinVolume.Kernels;
using BasinVolume.Report.Tables;

namespace BasinVolume.Report.Records;

/// <summary>The data of a run.</summary>
public sealed record DataRecord
{
    /// <summary>Where it was.</summary>
    public string? Path { get; init; }

    /// <summary>What it was read as, as <c>--data-format</c> has it (<see href="data.md"/>).</summary>
    public string? Format { get; init; }

    /// <summary>What was done to the samples as they are in the files, or null.</summary>
    public string? Note { get; init; }

    /// <summary>The shape of a sample: channels, rows and columns of an image, or the columns of a row.</summary>
    public ImmutableArray<int>? Shape { get; init; }

    /// <summary><c>pixels</c>, <c>float32</c>, <c>float64</c> or <c>tokens</c></summary>
    public string? ElementType { get; init; }

    /// <summary>What the classes are called, in the order of the model's outputs; null for real targets.</summary>
    public ImmutableArray<string>? Classes { get; init => field = Elements.Known(value); }

    /// <summary>How many classes a sample has, where each position of a sequence has one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? LabelsPerSample { get; init; }

    /// <summary>What the real targets are called; null for classes.</summary>
    public ImmutableArray<string>? Targets { get; init => field = Elements.Known(value); }

    /// <summary>How many training samples there are.</summary>
    public int? TrainImages { get; init; }

    /// <summary>How many test samples there are; 0 for none.</summary>
    public int? TestImages { get; init; }

    /// <summary>How many training samples were used.</summary>
    public int? Samples { get; init; }

    /// <summary><c>with-replacement</c>, <c>without-replacement</c>, <c>all</c> or <c>file</c></summary>
    public string? Sampling { get; init; }

    /// <summary>What they and the initial weights were drawn from.</summary>
    public long? Seed { get; init; }

    /// <summary>How pixels became inputs (<see href="weights.md"/>).</summary>
    public NormalizationRecord? Normalization { get; init; }

    /// <summary>Of the indices as little-endian int32.</summary>
    public string? IndicesSha256 { get; init; }

    /// <summary>Of each file's uncompressed bytes, by its name.</summary>
    public IReadOnlyDictionary<string, string>? Sha256 { get; init => field = Elements.Known(value); }

    /// <summary>What was asked, as rows of a table.</summary>
    public IEnumerable<(string Name, string Value)> Asked() =>
    [
        .. Normalization is { } inputs ? new[] { ("inputs", inputs.Advice is { } advice ? $"{inputs.Name}: {advice}" : Cell.Of(inputs.Name)) } : [],
        ("samples", Cell.Of(Samples)),
        ("sampling", Cell.Of(Sampling)),
        ("seed", Cell.Of(Seed)),
    ];

    /// <summary>What the samples are, and by what they can be recognised, as rows of a table.</summary>
    public IEnumerable<(string Name, string Value)> Provenance() =>
    [
        ("data", Path is null ? Cell.Of(Format) : $"{Path}, read as {Cell.Of(Format)}"),
        ("shape of a sample", Shape is { } shape ? $"{string.Join(" x ", shape)} {ElementType}".TrimEnd() : Cell.Nothing),
        .. Classes is { } classes ? new[] { ("classes", $"{Cell.Of(classes.Length)}: {Printable.List(classes)}") } : [],
        .. Targets is { } targets ? new[] { ("real targets", $"{Cell.Of(targets.Length)}: {Printable.List(targets)}") } : [],
        ("training samples", Cell.Of(TrainImages)),
        ("test samples", TestImages == 0 ? "no test data" : Cell.Of(TestImages)),
        .. Sha256?.Select(file => ($"SHA-256 of {file.Key}", file.Value)) ?? [],
        .. IndicesSha256 is { } indices ? new[] { ("SHA-256 of the indices", indices) } : [],
    ];
}

/// <summary>How elements became inputs.</summary>
public sealed record NormalizationRecord
{
    /// <summary>As <c>--normalize</c> has it.</summary>
    public string? Name { get; init; }

    /// <summary>Of each channel.</summary>
    public required ImmutableArray<double> Mean { get; init; }

    /// <summary>The standard deviation of each channel.</summary>
    public required ImmutableArray<double> Std { get; init; }

    /// <summary><c>option</c>, <c>weights</c> or <c>default</c></summary>
    public string? Origin { get; init; }

    /// <summary>What is to be known about it, or null.</summary>
    public string? Advice { get; init; }
}
