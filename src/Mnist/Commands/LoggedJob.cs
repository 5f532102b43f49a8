using System.Collections.Immutable;
using System.CommandLine;
using BasinVolume.Kernels;
using BasinVolume.Mnist.Companions;
using BasinVolume.Mnist.Jobs;
using BasinVolume.Mnist.Terminal;
using BasinVolume.Report.Runs;
using Spectre.Console;

namespace BasinVolume.Mnist.Commands;

/// <summary>
/// What surrounds every job that leaves a folder: the folder, its log, its view, and its result on the standard output where that was asked for.
/// </summary>
internal static class LoggedJob
{
    /// <summary>Runs a job. Whatever its self-check found, its result is there and is shown before the exit code says so.</summary>
    /// <param name="parsed">How it was asked for.</param>
    /// <param name="path">Where results go.</param>
    /// <param name="kind">What kind of job it is.</param>
    /// <param name="work">Does it and publishes its result.</param>
    /// <returns>An exit code.</returns>
    public static int Run(ParseResult parsed, string path, RunKind kind, Func<LoggedRun, Outcome> work)
    {
        Company company = Company.Of(parsed);
        return company.IsFirst ? RunWriting(parsed, company, path, kind, work) : RunSilently(company, work);
    }

    // What is found is known to the first, and nothing is said or written here.
    private static int RunSilently(Company company, Func<LoggedRun, Outcome> work)
    {
        using var run = LoggedRun.Unheard(company.Ranks);
        Outcome outcome = work(run);
        SelfCheck.Demand(outcome.Checks);
        return outcome.IsInterrupted ? throw new OperationCanceledException("Interrupted with all ranks.") : ExitCodes.Success;
    }

    private static int RunWriting(ParseResult parsed, Company company, string path, RunKind kind, Func<LoggedRun, Outcome> work)
    {
        using var output = new OutputFolder(path, OutputOption.ReadEarlier(parsed));
        var folder = new RunFolder(output, kind);
        IAnsiConsole console = Shown.Console(parsed);
        using var log = new RunLog(folder);
        var view = new RunView(console, log);
        try
        {
            using var run = new LoggedRun(folder, view, console, company.Ranks);
            if (company.Said is { } said)
                view.Say(said);
            Outcome outcome = work(run);
            view.Say(FormattableString.Invariant($"{outcome.Seconds:f1} s; results are in {folder.FullPath}"));
            Shown.Result(parsed, folder);
            SelfCheck.Demand(outcome.Checks);
            if (outcome.IsInterrupted)
                throw new OperationCanceledException("Interrupted; the result has what was known until then.");
            return ExitCodes.Success;
        }
        catch (Exception e)
        {
            log.WriteEnd(Ending.Explanation(e), e);
            if (output.Abandon())
                console.WriteLine($"What was finished is in {output.Unfinished} until the next run into this folder");
            throw;
        }
    }
}

/// <summary>How a job ended that has left its result.</summary>
/// <param name="Seconds">How long it took.</param>
/// <param name="Checks">What its self-check found, model by model.</param>
internal sealed record Outcome(double Seconds, params ImmutableArray<CheckedDerivatives> Checks)
{
    /// <summary>Whether somebody stopped it: its result has what was known until then.</summary>
    public bool IsInterrupted { get; init; }
}
