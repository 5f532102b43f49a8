using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace BasinVolume.Report.Records;

/// <summary>Weights that were trained elsewhere.</summary>
public sealed record CheckpointRecord
{
    /// <summary>Where they were read.</summary>
    public required string Path { get; init; }

    /// <summary>Of the file; null for a folder.</summary>
    public string? Sha256 { get; init; }

    /// <summary>The part of the file that they are, empty for the whole.</summary>
    public string? Part { get; init; }

    /// <summary>Tensors beside them that are no weights.</summary>
    public ImmutableArray<string>? LeftOut { get; init => field = Elements.Known(value); }

    /// <summary>How pixels became inputs when they were trained; null where they do not say.</summary>
    public string? Normalization { get; init; }

    /// <summary>How the samples do with each usual way to make pixels into inputs; null where the weights say which is theirs.</summary>
    public ImmutableArray<TrialRecord>? Trials { get; init => field = Elements.Known(value); }

    /// <summary>Which of them does clearly better, or null.</summary>
    public string? Advice { get; init; }

    /// <summary>What was done to the network of an ONNX file; not there for other files.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<string>? Notes { get; init => field = Elements.Known(value); }

    /// <summary>How the network's outputs compare with those of its owner's framework; only with <c>--check</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public LogitsRecord? Logits { get; init; }
}

/// <summary>How a network's outputs compare with those of its owner's framework.</summary>
public sealed record LogitsRecord
{
    /// <summary>The file with inputs and outputs.</summary>
    public required string Path { get; init; }

    /// <summary>Of the file.</summary>
    public required string Sha256 { get; init; }

    /// <summary>How many samples were compared.</summary>
    public required int Samples { get; init; }

    /// <summary>The largest difference of an output.</summary>
    public required double LargestDifference { get; init; }

    /// <summary>The largest output in the file, without its sign.</summary>
    public required double LargestOutput { get; init; }

    /// <summary>The largest difference that rounding explains; what is beyond ends in an error.</summary>
    public required double Bound { get; init; }
}

/// <summary>How the samples do with one way to make pixels into inputs.</summary>
public sealed record TrialRecord
{
    /// <summary>As <c>--normalize</c> has it.</summary>
    public required string Normalize { get; init; }

    /// <summary>The mean loss.</summary>
    public required double Loss { get; init; }

    /// <summary>How many are answered right.</summary>
    public required int Correct { get; init; }

    /// <summary>Of how many.</summary>
    public required int Total { get; init; }
}
