using System.Collections.Immutable;
using System.CommandLine;
using BasinVolume.Data.Formats;
using BasinVolume.Interop;
using BasinVolume.Interop.Arrays;
using BasinVolume.Kernels;
using BasinVolume.Mnist.Companions;
using BasinVolume.Mnist.Jobs;
using BasinVolume.Mnist.Options;
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
        Prepare(kind);
        using var output = new OutputFolder(path, OutputOption.ReadEarlier(parsed));
        var folder = new RunFolder(output, kind);
        IAnsiConsole console = Shown.Console(parsed);
        using var log = new RunLog(folder);
        var view = new RunView(console, log);
        var checkpoint = new Checkpoint(folder.Checkpoint, ResumeOption.CommandOf(parsed), view, company.Ranks);
        try
        {
            using var run = new LoggedRun(folder, view, company.Ranks, checkpoint);
            if (company.Said is { } said)
                view.Say(said);
            Outcome outcome = work(run);
            if (!outcome.IsInterrupted)
                output.Finish();
            view.Say(FormattableString.Invariant($"{outcome.Seconds:f1} s; results are in {folder.FullPath}"));
            Shown.Results(parsed, run.Left);
            SelfCheck.Demand(outcome.Checks);
            if (outcome.IsInterrupted)
                throw new OperationCanceledException("The result has what was known until then.");
            return ExitCodes.Success;
        }
        catch (Exception e)
        {
            log.WriteEnd(Ending.Explanation(e), e);
            if (IsFutile(e))
                output.Forget();
            if (output.Abandon() && !output.Checkpoint.HoldsWork)
                console.WriteLine($"What was finished is in {output.Unfinished} until the next run into this folder");
            if (!output.IsTaken || !output.Checkpoint.HoldsWork)
                throw;
            string goesOn = $"the same command with {(parsed.GetValue(OutputOption.Out) is null ? $"--out {output.FullPath} " : string.Empty)}--resume goes on";
            if (e is OperationCanceledException)
                throw new InterruptedException($"Interrupted; {goesOn}.", e);
            console.WriteLine($"The work until here is kept: {goesOn}");
            throw;
        }
    }

    // A job begins with reading and checking, which leaves a processor free: what its files will need is loaded and compiled meanwhile, on a thread of its
    // own, as reading takes those of the pool. Whatever fails there fails again where it is needed, and is reported then.
    private static void Prepare(RunKind kind) => Task.Factory.StartNew(
        () =>
        {
            Npy.Prepare();
            kind.Prepare();
        },
        CancellationToken.None,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default);

    // What follows from the numbers themselves comes again, so that there is nothing to go on with; what the surroundings are to blame for need not.
    private static bool IsFutile(Exception e)
        => e is ExplainedException and not (OutputException or DataException or DeviceException or OptionException or DataOptionException);
}

/// <summary>Somebody stopped a run whose work is kept.</summary>
/// <param name="message">How to go on with it.</param>
/// <param name="inner">What stopped it.</param>
internal sealed class InterruptedException(string message, Exception inner) : OperationCanceledException(message, inner);

/// <summary>How a job ended that has left its result.</summary>
/// <param name="Seconds">How long it took.</param>
/// <param name="Checks">What its self-check found, model by model.</param>
internal sealed record Outcome(double Seconds, params ImmutableArray<CheckedDerivatives> Checks)
{
    /// <summary>Whether somebody stopped it: its result has what was known until then.</summary>
    public bool IsInterrupted { get; init; }
}
