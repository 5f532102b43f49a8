using System.Collections.Immutable;
using System.Globalization;
using BasinVolume.Kernels;
using BasinVolume.Report.Tables;

namespace BasinVolume.Report.Records;

/// <summary>What <c>predict --json</c> writes to the standard output.</summary>
public sealed record PredictRecord : IShownRecord
{
    // With what was computed and how the weights do: five lines.
    private const int PicturesTold = 3;

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

    /// <inheritdoc/>
    public IEnumerable<AnswerLine> Answer() =>
    [
        AnswerTexts.Computed(
            $"{Printable.Counted(Pictures.Length, "picture")} by {Model.Name}, {Cell.Of(Model.Parameters)} parameters"),
        .. AnswerTexts.Weights(EvaluationRecord.Of(hessian: null, Model.Training).Said),
        .. Pictures.Take(PicturesTold).Select(picture => new AnswerLine("says", picture.Told())),
    ];

    /// <inheritdoc/>
    public IEnumerable<Section> Sections() =>
    [
        new("pictures", "Pictures", Note: null, new(
            ["picture", Classes is null ? "real targets" : "class", "likeliest", "done to the picture"],
            [.. Pictures.Select(picture => picture.Cells(Classes ?? [], Targets ?? []))])),
    ];
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
    // Of many classes so many are shown.
    private const int Likeliest = 5;

    private const string NoProbabilities = "no probabilities, as the network ends in mean squares";

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

    /// <summary>The same as a row of a table.</summary>
    internal ImmutableArray<string> Cells(ImmutableArray<string> classes, ImmutableArray<string> targets)
        => [File, Class is null ? Printable.List(targets) : Printable.Name(Cell.Of(ClassName)), Class is null ? Numbers : Likely(classes), Steps];

    /// <summary>The same as a line.</summary>
    internal string Told()
        => $"{File}: {(Class is { } likeliest ? Printable.Name(Cell.Of(ClassName)) + Sureness(likeliest) : Numbers)}";

    private string Steps => Preparation is { IsDefaultOrEmpty: false } steps ? string.Join("; ", steps) : "nothing";

    private string Numbers => string.Join(' ', (Probabilities ?? Outputs ?? []).Select(number => Cell.Brief(number)));

    private string Likely(ImmutableArray<string> classes) => Probabilities is not { } all
        ? NoProbabilities
        : string.Join(", ", all.Select((p, i) => (p, i)).OrderByDescending(pair => pair.p).Take(Likeliest).Select(
            pair => string.Create(CultureInfo.InvariantCulture, $"{Printable.Name(classes[pair.i])} {pair.p:f3}")));

    private string Sureness(int likeliest) => Probabilities is { } all
        ? string.Create(CultureInfo.InvariantCulture, $", with probability {all[likeliest]:f3}")
        : $"; {NoProbabilities}";
}
