using System.Collections.Immutable;
using BasinVolume.Interop;
using BasinVolume.Kernels.Ranks;
using BasinVolume.Mnist.Jobs;
using BasinVolume.Mnist.Terminal;
using BasinVolume.Report.Findings;
using BasinVolume.Report.Html;
using BasinVolume.Report.Pictures;
using BasinVolume.Report.Records;
using BasinVolume.Report.Runs;

namespace BasinVolume.Mnist.Commands;

/// <summary>What a job works with that leaves a folder. Files are written at once; pictures are drawn while the job goes on.</summary>
internal sealed class LoggedRun : IDisposable
{
    private readonly RunFolder? _folder;
    private readonly Meanwhile? _pictures;
    private readonly IRanks _ranks;
    private readonly List<LeftResult> _left;
    private string _path = string.Empty;

    /// <summary>A run that has found nothing yet.</summary>
    /// <param name="folder">Where results go.</param>
    /// <param name="view">Who watches.</param>
    /// <param name="ranks">Who computes it together; the others need to know when its files are there.</param>
    /// <param name="checkpoint">What keeps its work.</param>
    public LoggedRun(RunFolder folder, RunView view, IRanks ranks, Checkpoint checkpoint)
        : this(folder, view, ranks, checkpoint, [])
    {
    }

    private LoggedRun(RunFolder folder, RunView view, IRanks ranks, Checkpoint checkpoint, List<LeftResult> left)
        : this(view, ranks, left)
    {
        (_folder, Checkpoint) = (folder, checkpoint);
        _pictures = new(new RunPictures(folder, view.Aside));
        Findings = new Listeners(new RunFiles(folder), _pictures);
    }

    private LoggedRun(RunView view, IRanks ranks, List<LeftResult> left) => (View, Findings, _ranks, _left) = (view, new Listeners(), ranks, left);

    /// <summary>Where results are, once they are published.</summary>
    public string FullPath => _folder?.FullPath ?? _path;

    /// <summary>Who watches.</summary>
    public RunView View { get; }

    /// <summary>What was left until now, in order.</summary>
    public ImmutableArray<LeftResult> Left => [.. _left];

    /// <summary>What keeps its work while it is not finished; null where another process does.</summary>
    public Checkpoint? Checkpoint { get; }

    /// <summary>Who is told what the job finds: what writes its files, and what draws its pictures.</summary>
    public IFindings Findings { get; }

    /// <summary>A run of a process that says nothing and writes nothing, for another one does.</summary>
    /// <param name="ranks">Who computes it together.</param>
    public static LoggedRun Unheard(IRanks ranks)
        => new(new RunView(Terminals.Silent()), ranks, []);

    /// <summary>Leaves the result of the job and its page, and then, at once, all that it wrote in its place.</summary>
    /// <param name="result">The result.</param>
    public void Publish(IRunRecord result)
    {
        if (_folder is not null)
            Publish(_folder, result);
        _path = _ranks.Text(FullPath, 0);
    }

    /// <summary>Another run in the same folder, which begins after this one is published.</summary>
    public LoggedRun ForAnother(RunKind kind)
        => _folder is null ? new(View, _ranks, _left) { _path = _path } : new(_folder.ForAnother(kind), View, _ranks, Checkpoint!, _left);

    /// <summary>Waits for the pictures of what was found.</summary>
    public void Dispose() => _pictures?.Dispose();

    private void Publish(RunFolder folder, IRunRecord result)
    {
        View.During("Last pictures", _pictures!.Finish);
        folder.WriteResult(result);
        ImmutableArray<string> said = View.During("Report", _ => Prepare(folder));
        folder.Publish();
        _left.Add(new(folder, result));
        foreach (string line in said)
            View.Say(line);
    }

    /// <summary>Leaves a part of a result: there is nothing in it that a page could show.</summary>
    /// <param name="part">The part.</param>
    public void Leave(IRunRecord part)
    {
        if (_folder is not null)
        {
            _folder.WriteResult(part);
            _folder.Publish();
            _left.Add(new(_folder, part));
        }

        _path = _ranks.Text(FullPath, 0);
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
