using System.Collections.Immutable;
using System.CommandLine;
using BasinVolume.Interop;
using BasinVolume.Kernels;
using BasinVolume.Mnist.Jobs;
using BasinVolume.Mnist.Terminal;
using BasinVolume.Report.Findings;
using BasinVolume.Report.Html;
using BasinVolume.Report.Pictures;
using BasinVolume.Report.Records;
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
    public static int Run(ParseResult parsed, string path, RunKind kind, Func<RunFolder, RunView, IAnsiConsole, Outcome> work)
    {
        using var output = new OutputFolder(path, OutputOption.ReadEarlier(parsed));
        var folder = new RunFolder(output, kind);
        IAnsiConsole console = Shown.Console(parsed);
        using var log = new RunLog(folder);
        var view = new RunView(console, log);
        try
        {
            Outcome outcome = work(folder, view, console);
            view.Say(FormattableString.Invariant($"{outcome.Seconds:f1} s; results are in {folder.FullPath}"));
            Shown.Result(parsed, folder);
            SelfCheck.Demand(outcome.Checks);
            if (outcome.IsInterrupted)
                throw new OperationCanceledException("Interrupted; the result has what was known until then.");
            return ExitCodes.Success;
        }
        catch (Exception e)
        {
            if (e is ExplainedException or OperationCanceledException)
                log.Write(e.Message);
            else
                log.WriteFault(e);
            if (output.Abandon())
                view.Say($"What was finished is in {output.Unfinished} until the next run into this folder");
            throw;
        }
    }

    /// <summary>Who is told what a job finds: what writes its files, and what draws its pictures.</summary>
    public static IFindings Listeners(RunFolder folder, RunView view) => new Listeners(new RunFiles(folder), new RunPictures(folder, view));

    /// <summary>Leaves the result of a job and its page, and then, at once, all that it wrote in its place.</summary>
    /// <param name="result">The result.</param>
    /// <param name="folder">Where it goes.</param>
    /// <param name="view">Who watches.</param>
    public static void Publish(IRunRecord result, RunFolder folder, RunView view)
    {
        folder.WriteResult(result);
        ImmutableArray<string> said = view.During("Report", _ => Prepare(folder));
        folder.Publish();
        foreach (string line in said)
            view.Say(line);
    }

    // A page that cannot be made of a result is no reason to lose the result.
    private static ImmutableArray<string> Prepare(RunFolder folder)
    {
        try
        {
            return [.. RunPage.Prepare(folder).Select(line => $"{RunFolder.PageName} leaves out {line}")];
        }
        catch (DataException e)
        {
            return [$"There is no {RunFolder.PageName}: {e.Message}"];
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
