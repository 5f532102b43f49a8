using BasinVolume.Benchmarks.Comparisons;
using BasinVolume.Curvature.Estimates;

namespace BasinVolume.Benchmarks.Coverage;

/// <summary>An interval that was given for a number that is known.</summary>
/// <param name="Quantity">What it is, for a person.</param>
/// <param name="Interval">Null where there was a reason instead.</param>
/// <param name="Known">The number.</param>
/// <param name="Size">What its errors are small or large against.</param>
internal sealed record Answer(string Quantity, Interval? Interval, double Known, double Size)
{
    /// <summary>The columns of a table of them.</summary>
    public static string[] Columns { get; } = ["intervals", "none", "contain the number", "half width", "error of the middle"];

    /// <summary>How many intervals there are, how often there is none, the share that holds, and the middle half width and error against the size.</summary>
    /// <param name="answers">Answers to the same question.</param>
    public static string[] Row(IReadOnlyList<Answer> answers)
    {
        Answer[] given = [.. answers.Where(answer => answer.Interval is not null)];
        double[] holds = [.. given.Select(answer => answer.Interval!.Value.Contains(answer.Known) ? 1.0 : 0)];
        return
        [
            $"{given.Length}", $"{answers.Count - given.Length}", Percent(holds.Length > 0 ? holds.Average() : double.NaN),
            Percent(Middle(given, answer => answer.Interval!.Value.Width / 2)),
            Percent(Middle(given, answer => Math.Abs(answer.Interval!.Value.Middle - answer.Known))),
        ];
    }

    private static double Middle(Answer[] answers, Func<Answer, double> value)
        => answers.Length > 0 ? Stopwatches.Middle(answers.Select(answer => value(answer) / Math.Abs(answer.Size))) : double.NaN;

    private static string Percent(double share) => FormattableString.Invariant($"{100 * share:g3} %");
}
