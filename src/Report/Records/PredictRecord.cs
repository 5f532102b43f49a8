using System.Collections.Immutable;

namespace BasinVolume.Report.Records;

/// <summary>What <c>predict --json</c> writes to the standard output.</summary>
public sealed record PredictRecord
{
    /// <summary>1.</summary>
    public int Schema { get; init; } = 1;

    /// <summary><c>predict</c>.</summary>
    public string? Command { get; init; } = "predict";

    /// <summary>What the device computed in.</summary>
    public string? Precision { get; init; }

    /// <summary>Where it was computed.</summary>
    public DeviceRecord? Device { get; init; }

    /// <summary>The model.</summary>
    public required PredictModelRecord Model { get; init; }

    /// <summary>What the classes are called, in the order of the outputs; null for real targets.</summary>
    public ImmutableArray<string>? Classes { get; init; }

    /// <summary>What the real targets are called, in the order of the outputs; null for classes.</summary>
    public ImmutableArray<string>? Targets { get; init; }

    /// <summary>How pixels became inputs.</summary>
    public NormalizationRecord? Normalization { get; init; }

    /// <summary>What it says of each picture.</summary>
    public required ImmutableArray<PictureRecord> Pictures { get; init; }

    /// <summary>What computed.</summary>
    public VersionsRecord? Versions { get; init; }
}

/// <summary>The model that predicts.</summary>
public sealed record PredictModelRecord
{
    /// <summary>What it is called.</summary>
    public required string Name { get; init; }

    /// <summary>Its network as <c>--model</c> has it.</summary>
    public string? Network { get; init; }

    /// <summary>n.</summary>
    public int? Parameters { get; init; }

    /// <summary>Its weights, as in <c>result.json</c>.</summary>
    public CheckpointRecord? Checkpoint { get; init; }

    /// <summary>How it was trained, as in <c>result.json</c>.</summary>
    public TrainingRecord? Training { get; init; }
}

/// <summary>What a model says of a picture.</summary>
public sealed record PictureRecord
{
    /// <summary>The picture.</summary>
    public required string File { get; init; }

    /// <summary>What was done to it, in order.</summary>
    public ImmutableArray<string>? Preparation { get; init; }

    /// <summary>The class with the largest output, counted from 0; null for a model of real targets.</summary>
    public int? Class { get; init; }

    /// <summary>What it is called.</summary>
    public string? ClassName { get; init; }

    /// <summary>Of each class or, for binary cross-entropy, of each target; null for a network that ends in mean squares.</summary>
    public ImmutableArray<double>? Probabilities { get; init; }

    /// <summary>Of each class or real target.</summary>
    public ImmutableArray<double>? Outputs { get; init; }
}
