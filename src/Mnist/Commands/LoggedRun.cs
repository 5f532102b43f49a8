using System.Collections.Immutable;
using BasinVolume.Interop;
using BasinVolume.Mnist.Jobs;
using BasinVolume.Mnist.Terminal;
using BasinVolume.Report.Findings;
using BasinVolume.Report.Html;
using BasinVolume.Report.Pictures;
using BasinVolume.Report.Records;
using BasinVolume.Report.Runs;
using Spectre.Console;

namespace BasinVolume.Mnist.Commands;

/// <summary>What a job works with that leaves a folder. Files are written at once; pictures are drawn while the job goes on.</summary>
internal sealed class LoggedRun : IDisposable
{
    private readonly Meanwhile _pictures;

    /// <summary>A run that has found nothing yet.</summary>
    /// <param name="folder">Where results go.</param>
    /// <param name="view">Who watches.</param>
    /// <param name="console">Where tables go.</param>
    /// <param name="checkpoint">What keeps its work.</param>
    public LoggedRun(RunFolder folder, RunView view, IAnsiConsole console, Checkpoint checkpoint)
    {
        (Folder, View, Console, Checkpoint) = (folder, view, console, checkpoint);
        _pictures = new(new RunPictures(folder, view.Aside));
        Findings = new Listeners(new RunFiles(folder), _pictures);
    }

    /// <summary>Where results go.</summary>
    public RunFolder Folder { get; }

    /// <summary>Who watches.</summary>
    public RunView View { get; }

    /// <summary>Where tables go.</summary>
    public IAnsiConsole Console { get; }

    /// <summary>What keeps its work while it is not finished.</summary>
    public Checkpoint Checkpoint { get; }

    /// <summary>Who is told what the job finds: what writes its files, and what draws its pictures.</summary>
    public IFindings Findings { get; }

    /// <summary>Leaves the result of the job and its page, and then, at once, all that it wrote in its place.</summary>
    /// <param name="result">The result.</param>
    public void Publish(IRunRecord result)
    {
        View.During("Last pictures", _pictures.Finish);
        Folder.WriteResult(result);
        ImmutableArray<string> said = View.During("Report", _ => Prepare());
        Folder.Publish();
        foreach (string line in said)
            View.Say(line);
    }

    /// <summary>Another run in the same folder, which begins after this one is published.</summary>
    public LoggedRun ForAnother(RunKind kind) => new(Folder.ForAnother(kind), View, Console, Checkpoint);

    /// <summary>Waits for the pictures of what was found.</summary>
    public void Dispose() => _pictures.Dispose();

    // A page that cannot be made of a result is no reason to lose the result.
    private ImmutableArray<string> Prepare()
    {
        try
        {
            return [.. RunPage.Prepare(Folder).Select(line => $"{RunFolder.PageName} leaves out {line}")];
        }
        catch (DataException e)
        {
            return [$"There is no {RunFolder.PageName}: {e.Message}"];
        }
    }
}
