using System.CommandLine;
using BasinVolume.Kernels;
using BasinVolume.Mnist.Results;
using BasinVolume.Mnist.Terminal;
using Spectre.Console;

namespace BasinVolume.Mnist.Commands;

/// <summary>What surrounds every job that leaves a folder: the folder, its log, its view, and its result on the standard output where that was asked for.</summary>
internal static class LoggedJob
{
    /// <summary>Runs a job.</summary>
    /// <param name="parsed">How it was asked for.</param>
    /// <param name="path">Where results go.</param>
    /// <param name="kind">What kind of job it is.</param>
    /// <param name="work">Does it, writes the folder's result, and gives the seconds that it took.</param>
    /// <returns>An exit code.</returns>
    public static int Run(ParseResult parsed, string path, RunKind kind, Func<RunFolder, RunView, IAnsiConsole, double> work)
    {
        RunFolder folder = RunFolder.Open(path, kind, OutputOption.ReadEarlier(parsed));
        IAnsiConsole console = Shown.Console(parsed);
        using var log = new RunLog(folder.LogFile);
        try
        {
            var view = new RunView(console, log);
            double seconds = work(folder, view, console);
            view.Say(FormattableString.Invariant($"{seconds:f1} s; results are in {folder.FullPath}"));
            Shown.Result(parsed, folder);
            return ExitCodes.Success;
        }
        catch (Exception e)
        {
            log.Write(e is ExplainedException or OperationCanceledException ? e.Message : e.ToString());
            throw;
        }
    }
}
