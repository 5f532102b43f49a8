using System.Collections.Immutable;
using System.Globalization;
using BasinVolume.Report.Tables;

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

    /// <summary>The epochs as a table.</summary>
    /// <param name="model">What the model is called.</param>
    internal Section ToSection(string model)
    {
        int batches = StepLosses.Length / Math.Max(1, Epochs.Length);
        double? MeanLoss(int epoch) => batches > 0 ? StepLosses.AsSpan().Slice(epoch * batches, batches).ToArray().Average() : null;
        return new($"training-{model}", $"Training of {model}", Note: null, new(
            ["epoch", "learning rate", "mean batch loss", "test loss", "test right"],
            [.. Epochs.Select((epoch, place) => epoch.Cells(MeanLoss(place)))]));
    }
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

    /// <summary>The same as a row of a table.</summary>
    /// <param name="loss">The mean of its batches' losses.</param>
    internal ImmutableArray<string> Cells(double? loss) =>
    [
        Cell.Of(Epoch),
        Cell.Brief(LearningRate),
        Cell.Brief(loss),
        Cell.Brief(TestLoss),
        100.0 * TestCorrect / TestTotal is { } share ? string.Create(CultureInfo.InvariantCulture, $"{share:f2} %") : Cell.Nothing,
    ];
}
