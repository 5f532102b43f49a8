using BasinVolume.Benchmarks.Comparisons;
using BasinVolume.Curvature.Estimates;

namespace BasinVolume.Benchmarks.Coverage;

/// <summary>An interval that was given for a number that is known.</summary>
/// <param name="Quantity">What it is, for a person.</param>
/// <param name="Interval">Null where there was a reason instead.</param>
/// <param name="Certain">How wide the part of it is that always holds: what finitely many steps leave open of these very probes, and rounding.</param>
/// <param name="Known">The number.</param>
/// <param name="Size">What its errors are small or large against; more than 0.</param>
/// <param name="Grain">How far apart the values are that it can have; 0 where it can have all.</param>
internal sealed record Answer(string Quantity, Interval? Interval, double Certain, double Known, double Size, double Grain = 0)
{
    // Less changes the share that holds by less than 400 repetitions see.
    private const double MuchCertain = 0.05;

    /// <summary>The columns of a table of them.</summary>
    public static string[] Columns { get; } =
        ["intervals", "none", "contain the number", "half width", "certain of it", "error of the middle", "more than 95 % because"];

    /// <summary>
    /// How many intervals there are, how often there is none, the share that holds, the middle half width, the middle share of it that is certain, the middle
    /// error, and why more may hold than is said.
    /// </summary>
    /// <param name="answers">Answers to the same question.</param>
    public static string[] Row(IReadOnlyList<Answer> answers)
    {
        Answer[] given = [.. answers.Where(answer => answer.Interval is not null)];
        double[] holds = [.. given.Select(answer => answer.Interval!.Value.Contains(answer.Known) ? 1.0 : 0)];
        double certain = Middle(given, answer => answer.Interval!.Value.Width > 0 ? answer.Certain / answer.Interval.Value.Width : 1);
        return
        [
            $"{given.Length}", $"{answers.Count - given.Length}", Percent(holds.Length > 0 ? holds.Average() : double.NaN),
            Percent(Middle(given, answer => answer.Interval!.Value.Width / 2 / answer.Size)),
            Percent(certain),
            Percent(Middle(given, answer => Math.Abs(answer.Interval!.Value.Middle - answer.Known) / answer.Size)),
            certain > MuchCertain ? "steps leave that part open"
                : Middle(given, answer => answer.Interval!.Value.Width - answer.Grain) < 0 ? "one whole number is left" : "",
        ];
    }

    private static double Middle(Answer[] answers, Func<Answer, double> value)
        => answers.Length > 0 ? Stopwatches.Middle(answers.Select(value)) : double.NaN;

    private static string Percent(double share) => FormattableString.Invariant($"{100 * share:g3} %");
}
