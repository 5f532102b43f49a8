using System.Collections.Immutable;
using BasinVolume.Report.Tables;

namespace BasinVolume.Report.Records;

/// <summary>The images of a run.</summary>
public sealed record DataRecord
{
    /// <summary>How many training images there are.</summary>
    public int? TrainImages { get; init; }

    /// <summary>How many test images there are.</summary>
    public int? TestImages { get; init; }

    /// <summary>How many training images were used.</summary>
    public int? Samples { get; init; }

    /// <summary><c>with-replacement</c>, <c>without-replacement</c> or <c>file</c></summary>
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
        ("train images", Cell.Of(TrainImages)),
        ("test images", Cell.Of(TestImages)),
        ("samples", Cell.Of(Samples)),
        ("sampling", Cell.Of(Sampling)),
        ("seed", Cell.Of(Seed)),
    ];

    /// <summary>By what the images can be recognised, as rows of a table.</summary>
    public IEnumerable<(string Name, string Value)> Provenance() =>
    [
        .. Sha256?.Select(file => ($"SHA-256 of {file.Key}", file.Value)) ?? [],
        .. IndicesSha256 is { } indices ? new[] { ("SHA-256 of the indices", indices) } : [],
    ];
}

/// <summary>How pixels became inputs.</summary>
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
