using BasinVolume.Interop;

namespace BasinVolume.Report.Runs;

/// <summary>
/// A run that is not finished: one that goes on at this moment, or that was killed, failed or was interrupted. What it left is nothing that a reader takes.
/// </summary>
public static class UnfinishedRun
{
    /// <summary>Refuses a folder that should hold a finished run and holds an unfinished one.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="kinds">What kinds of runs are meant.</param>
    /// <exception cref="DataException">It does; the message says what to do.</exception>
    public static void Refuse(string folder, IReadOnlyList<RunKind> kinds)
    {
        if (!IsIn(folder, kinds))
            return;
        string reason = FolderLock.IsHeld(folder) ? "another process writes it at this moment; wait until it has ended"
            : Publication.IsBegun(folder) ? "it ended while its files, which are whole, took their place; "
                + $"finish that with 'basin-volume report --run {folder}'"
            : CheckpointFolder.IsIn(OutputFolder.UnfinishedOf(folder)) ? "it was killed, failed or was interrupted; "
                + "go on with it by the same command with --resume, or give a run or weights that are whole"
            : "it was killed, failed or was interrupted; run it again, or give a run or weights that are whole";
        throw new DataException($"{folder} holds a run that was not finished: {reason}.");
    }

    /// <summary>Whether there is one, whatever else is in the folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="kinds">What kinds of runs are meant; one that has not even a log may be of any.</param>
    public static bool IsIn(string folder, IReadOnlyList<RunKind> kinds)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(kinds);
        string unfinished = OutputFolder.UnfinishedOf(folder);
        if (Directory.Exists(unfinished) && !RunKind.All.Except(kinds).Any(kind => File.Exists(Path.Combine(unfinished, kind.LogName))))
            return true;
        // Earlier versions wrote into the folder itself: there a log without a result is all that tells.
        return kinds.Any(kind => File.Exists(Path.Combine(folder, kind.LogName)) && !Path.Exists(Path.Combine(folder, kind.ResultName)));
    }
}
