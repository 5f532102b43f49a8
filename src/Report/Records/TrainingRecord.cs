using System.Collections.Immutable;

namespace BasinVolume.Report.Records;

/// <summary>How a training went.</summary>
public sealed record TrainingRecord
{
    /// <summary>Seconds of training and evaluation.</summary>
    public double? Seconds { get; init; }

    /// <summary><c>adadelta</c>.</summary>
    public string? Optimizer { get; init; }

    /// <summary>What the learning rate was multiplied by after each epoch.</summary>
    public double? Gamma { get; init; }

    /// <summary>λ of the penalty that was trained with; 0 for none.</summary>
    public required double WeightDecay { get; init; }

    /// <summary>What each epoch brought.</summary>
    public required ImmutableArray<EpochRecord> Epochs { get; init => field = Elements.Known(value); }

    /// <summary>Each batch's mean loss before its step.</summary>
    public required ImmutableArray<double> StepLosses { get; init; }
}

/// <summary>What an epoch brought.</summary>
public sealed record EpochRecord
{
    /// <summary>Which one, from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>The learning rate during it.</summary>
    public required double LearningRate { get; init; }

    /// <summary>The mean loss on the test samples after it; null where there is no test data.</summary>
    public double? TestLoss { get; init; }

    /// <summary>How many of them are answered right; null where there is no test data, or where samples have real targets and no classes.</summary>
    public int? TestCorrect { get; init; }

    /// <summary>Of how many; null where there is no test data.</summary>
    public int? TestTotal { get; init; }
}
