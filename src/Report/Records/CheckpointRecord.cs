using System.Collections.Immutable;

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
