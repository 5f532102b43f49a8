using BasinVolume.Kernels;
using BasinVolume.Mnist.Results;
using BasinVolume.Mnist.Terminal;
using Spectre.Console;

namespace BasinVolume.Mnist.Commands;

/// <summary>What surrounds every job that leaves a folder: the folder, its log and its view.</summary>
internal static class LoggedJob
{
    /// <summary>Runs a job.</summary>
    /// <param name="folder">Where results go.</param>
    /// <param name="work">Does it, and gives the seconds that it took.</param>
    /// <returns>An exit code.</returns>
    public static int Run(RunFolder folder, Func<RunView, IAnsiConsole, double> work)
    {
        IAnsiConsole console = Terminals.StandardError();
        using var log = new RunLog(folder.LogFile);
        try
        {
            var view = new RunView(console, log);
            double seconds = work(view, console);
            view.Say(FormattableString.Invariant($"{seconds:f1} s; results are in {folder.FullPath}"));
            return ExitCodes.Success;
        }
        catch (Exception e)
        {
            log.Write(e is ExplainedException or OperationCanceledException ? e.Message : e.ToString());
            throw;
        }
    }
}
