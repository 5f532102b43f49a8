using System.Globalization;
using BasinVolume.Report.Tables;

namespace BasinVolume.Report.Records;

/// <summary>How weights do on the data.</summary>
public sealed record EvaluationRecord
{
    /// <summary>On the training samples that were used, their losses made one as the loss of the job has them, without the penalty.</summary>
    public ScoreRecord? Training { get; init; }

    /// <summary>On all test samples; null where there are none.</summary>
    public ScoreRecord? Test { get; init; }

    /// <summary>The same for a person; null where nothing is known.</summary>
    internal string? Said => (Training?.Said, Test?.Said) switch
    {
        ({ } training, { } test) => $"{training}; test {test}",
        (null, { } test) => $"test {test}",
        ({ } training, null) => training,
        _ => null,
    };

    /// <summary>What a run of an earlier version says: the loss whose Hessian it has, and what the last epoch brought.</summary>
    internal static EvaluationRecord Of(HessianRecord? hessian, TrainingRecord? training) => new()
    {
        Training = new() { Loss = hessian?.Loss },
        Test = training is { Epochs: [.., { TestTotal: not null } last] }
            ? new() { Loss = last.TestLoss, Correct = last.TestCorrect, Total = last.TestTotal }
            : null,
    };
}

/// <summary>How weights do on samples.</summary>
public sealed record ScoreRecord
{
    /// <summary>The loss.</summary>
    public double? Loss { get; init; }

    /// <summary>How many samples are answered right, or how many positions where each has a class; null where there are no classes.</summary>
    public int? Correct { get; init; }

    /// <summary>Of how many.</summary>
    public int? Total { get; init; }

    /// <summary>The share of right answers, for a person; null where there are no classes.</summary>
    internal string? Right => 100.0 * Correct / Total is { } share ? string.Create(CultureInfo.InvariantCulture, $"{share:f1} %") : null;

    /// <summary>The same for a person; null where nothing is known.</summary>
    internal string? Said => (Loss, Right) switch
    {
        ({ } loss, { } right) => $"loss {Cell.Brief(loss)}, {right} of {Cell.Of(Total)} right",
        ({ } loss, null) => $"loss {Cell.Brief(loss)}{(Total is { } total ? $" on {Cell.Of(total)} samples" : string.Empty)}",
        _ => null,
    };
}
