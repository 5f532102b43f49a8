using BasinVolume.Interop;

namespace BasinVolume.Report.Runs;

/// <summary>
/// The folder that a job was told to write to. It is made, and this process's alone, from the moment it is taken:
/// after the job's inputs were checked, so that a job that cannot begin leaves nothing.
/// </summary>
public sealed class OutputFolder : IDisposable
{
    private const string UnfinishedName = ".unfinished";

    private readonly string _asked;
    private readonly EarlierRun _earlier;
    private FolderLock? _lock;
    private bool _made;

    /// <summary>A folder that is not taken yet.</summary>
    /// <param name="path">The folder that was asked for.</param>
    /// <param name="earlier">What becomes of a run that is in it already.</param>
    public OutputFolder(string path, EarlierRun earlier)
    {
        (_asked, _earlier, FullPath) = (path, earlier, Path.GetFullPath(path));
        Checkpoint = new(this, earlier);
    }

    /// <summary>Where it is; for <see cref="EarlierRun.Beside"/> that is known when it is taken.</summary>
    public string FullPath { get; private set; }

    /// <summary>Whether it is this process's.</summary>
    public bool IsTaken => _lock is not null;

    /// <summary>What a run keeps until it is finished, to go on with.</summary>
    public CheckpointFolder Checkpoint { get; }

    /// <summary>Where a run's files are until it is finished.</summary>
    public string Unfinished => UnfinishedOf(FullPath);

    /// <summary>Whether a folder is that of the unfinished files of another one.</summary>
    public static bool IsUnfinished(string folder) => Path.GetFileName(folder) == UnfinishedName;

    /// <summary>Where the files of a run in a folder are until it is finished.</summary>
    internal static string UnfinishedOf(string folder) => Path.Combine(folder, UnfinishedName);

    /// <summary>
    /// Refuses a folder with a finished run that is to be kept, or with an unfinished one whose work somebody may want to go on with. What a run left that was
    /// killed, failed or was interrupted, and kept no work, asks for nothing.
    /// </summary>
    /// <param name="kind">What kind of run; one of another kind may have left its files in the same folder.</param>
    /// <exception cref="OutputException">There is one, or there is nothing to go on with.</exception>
    public void CheckKept(RunKind kind)
    {
        ArgumentNullException.ThrowIfNull(kind);
        bool isFinished = Path.Exists(Path.Combine(FullPath, kind.ResultName));
        // What is kept while this process has the folder is its own.
        if (!IsTaken)
            CheckUnfinished(isFinished ? $"The run in {_asked} is finished" : $"{_asked} holds no unfinished run that kept its work");
        if (_earlier == EarlierRun.Keep && isFinished)
            throw new OutputException(
                $"{_asked} holds a run already (its {kind.ResultName} is there), which is never overwritten without being asked; "
                + $"choose another folder with --out, or overwrite it with --force.");
    }

    /// <summary>Takes the folder, and removes what runs left in it that were killed, but for the work that is gone on with.</summary>
    /// <param name="kind">What kind of run is to be written.</param>
    /// <exception cref="OutputException">It cannot be made or written to, another process writes to it, or there is a run in it that is to be kept.</exception>
    public void Take(RunKind kind)
    {
        bool isFirst = !IsTaken;
        if (isFirst)
            CheckKept(kind);
        _lock ??= _earlier == EarlierRun.Beside ? TakeUnused() : TakeAsked();
        try
        {
            OutputException.Guard(FullPath, () => Publication.Finish(FullPath));
            CheckKept(kind);
        }
        catch (OutputException)
        {
            // Another run was finished in it since this one looked first: it is not this process's, and there is no place for its log.
            Dispose();
            throw;
        }

        OutputException.Guard(FullPath, () =>
        {
            if (isFirst && !Checkpoint.IsGoneOnWith)
                Checkpoint.Remove();
            Publication.RemoveInterrupted(FullPath);
            AtomicFile.RemoveLeftovers(FullPath);
            Checkpoint.Tidy();
            Directory.CreateDirectory(Unfinished);
        });
    }

    /// <summary>Checks that what was written so far is where it was written, and not lost or in another folder.</summary>
    /// <exception cref="OutputException">Somebody has removed the folder since it was taken, or put something else in its place.</exception>
    public void CheckThere()
    {
        if (_lock is { IsThere: false })
            throw new OutputException(
                $"{FullPath} is not the folder any more that this run wrote to: somebody removed it, renamed it or put another in its place; run it again, "
                + "and leave its folder alone meanwhile.");
    }

    /// <summary>Leaves no trace of a run that has found nothing yet: that has written its log and copies of what it was given, if anything.</summary>
    /// <returns>Whether there were files, which stay in <see cref="Unfinished"/>.</returns>
    public bool Abandon()
    {
        if (_lock is not { IsThere: true } || !Directory.Exists(Unfinished))
            return false;
        if (!Manifest.NamesIn(Unfinished).All(RunFolder.IsBeginning))
            return true;
        try
        {
            Tidy();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Somebody else has taken the folder in the meantime, or it cannot be written any more: what led here is told, not this.
        }

        return false;
    }

    /// <summary>Lets others have the folder.</summary>
    public void Dispose()
    {
        _lock?.Dispose();
        _lock = null;
    }

    /// <summary>Removes what was kept to go on with, if this process has the folder: there is nothing to be gained from it.</summary>
    /// <exception cref="OutputException">It cannot be removed.</exception>
    public void Forget()
    {
        if (IsTaken)
            Checkpoint.Remove();
    }

    /// <summary>Removes what was kept to go on with: the run is finished.</summary>
    /// <exception cref="OutputException">It cannot be removed.</exception>
    public void Finish()
    {
        Checkpoint.Remove();
        OutputException.Guard(FullPath, () => Publication.RemoveEmpty(Unfinished));
    }

    private void CheckUnfinished(string nothing)
    {
        string? said = (_earlier, Checkpoint.HoldsWork) switch
        {
            (EarlierRun.Resume, false) => $"{nothing}, so there is nothing for --resume to go on with; leave --resume out to begin a run.",
            (EarlierRun.Keep, true) =>
                $"{_asked} holds an unfinished run that kept its work; "
                + $"go on with it by the same command with --resume, or let the new run take its place with --force.",
            _ => null,
        };
        if (said is null)
            return;
        // A run that is at work is not unfinished: then that is said.
        if (Checkpoint.HoldsWork)
            FolderLock.Take(FullPath).Dispose();
        throw new OutputException(said);
    }

    private void Tidy()
    {
        Directory.Delete(Unfinished, recursive: true);
        if (!_made || !IsEmpty(FullPath))
            return;
        Dispose();
        Directory.Delete(FullPath);
    }

    private FolderLock TakeAsked()
    {
        _made = !Directory.Exists(FullPath);
        return FolderLock.Take(FullPath);
    }

    // Of runs that begin in the same second each gets a folder of its own: one that it holds and in which nothing is.
    private FolderLock TakeUnused()
    {
        string asked = FullPath;
        for (int number = 2; ; number++)
        {
            _made = !Directory.Exists(FullPath);
            FolderLock? taken = OutputException.Guard(FullPath, () => FolderLock.TryTake(FullPath));
            if (taken is not null && IsEmpty(FullPath))
                return taken;
            taken?.Dispose();
            FullPath = FormattableString.Invariant($"{asked}-{number}");
        }
    }

    private static bool IsEmpty(string folder) => Directory.EnumerateFileSystemEntries(folder).All(entry => Path.GetFileName(entry) == FolderLock.FileName);
}
