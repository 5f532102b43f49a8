namespace BasinVolume.Report.Runs;

/// <summary>
/// How a finished run takes its place in its folder. Until then its files lie in a folder of their own, so whatever ends a run before leaves the folder as it
/// was. Then a mark is made, from which on the run is decided to take its place: the old page goes, so that none shows what is no longer there; the old result
/// goes, and then what it names; the new files come, the result as the last of them, and then the page. Whoever is killed in between leaves neither an old
/// page nor an old result, and whoever takes the folder next goes on from there: each step is done once, and what is done is seen.
/// </summary>
public static class Publication
{
    // The old result, while the run that it is of is being removed.
    private const string ReplacedName = ".replaced.json";

    // There from the moment on that all files of the run are whole and it is to take its place.
    private const string DecidedName = ".decided";

    private static readonly string[] Own = [ReplacedName, DecidedName];

    /// <summary>Replaces the earlier run of the same kind, if there is one.</summary>
    /// <param name="folder">The run's folder; its result is among its unfinished files.</param>
    public static void Publish(string folder)
    {
        File.WriteAllBytes(Path.Combine(OutputFolder.UnfinishedOf(folder), DecidedName), []);
        Finish(folder);
    }

    /// <summary>Whether a run ended while it took its place.</summary>
    public static bool IsBegun(string folder) => File.Exists(Path.Combine(OutputFolder.UnfinishedOf(folder), DecidedName));

    /// <summary>Goes on where a run ended while it took its place, if one did.</summary>
    /// <param name="folder">The run's folder, which is this process's.</param>
    public static void Finish(string folder)
    {
        if (!IsBegun(folder))
            return;
        string from = OutputFolder.UnfinishedOf(folder);
        // Without a result to come, all is in its place but for the page.
        if (RunKind.All.FirstOrDefault(kind => File.Exists(Path.Combine(from, kind.ResultName))) is { } kind)
            Replace(from, folder, kind);
        Move(from, folder, RunFolder.PageName);
        RemoveAllButWork(from);
    }

    /// <summary>Removes what a run left that was killed, failed or was interrupted before it took its place, but for the work that it kept.</summary>
    /// <param name="folder">The run's folder.</param>
    public static void RemoveInterrupted(string folder)
    {
        if (OutputFolder.UnfinishedOf(folder) is var from && Directory.Exists(from))
            RemoveAllButWork(from);
    }

    private static void Replace(string from, string folder, RunKind kind)
    {
        string result = Path.Combine(folder, kind.ResultName), replaced = Path.Combine(from, ReplacedName);
        File.Delete(Path.Combine(folder, RunFolder.PageName));
        if (File.Exists(result))
            File.Move(result, replaced, overwrite: true);
        if (File.Exists(replaced))
        {
            Remove(folder, Manifest.Read(replaced)?.Unchanged(folder) ?? []);
            // Before a new file comes that may be as an old one was.
            File.Delete(replaced);
        }

        string[] last = [kind.ResultName, RunFolder.PageName];
        foreach (string name in Manifest.NamesIn(from).Except([.. Own, .. last]).Where(name => !CheckpointFolder.Holds(name)).Append(kind.ResultName).ToArray())
            Move(from, folder, name);
    }

    /// <summary>Removes a folder if nothing is in it.</summary>
    public static void RemoveEmpty(string folder)
    {
        if (Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any())
            Directory.Delete(folder);
    }

    private static void RemoveAllButWork(string from)
    {
        foreach (string below in Directory.GetDirectories(from).Where(below => Path.GetFileName(below) != CheckpointFolder.Name))
            Directory.Delete(below, recursive: true);
        foreach (string file in Directory.GetFiles(from))
            File.Delete(file);
        RemoveEmpty(from);
    }

    private static void Move(string from, string to, string name)
    {
        string source = Path.Combine(from, name), target = Path.Combine(to, name);
        if (!File.Exists(source))
            return;
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.Move(source, target, overwrite: true);
    }

    private static void Remove(string folder, string[] files)
    {
        foreach (string file in files)
            File.Delete(file);
        foreach (string below in files.Select(file => Path.GetDirectoryName(file)!).Distinct().Where(
            below => below != folder && !Directory.EnumerateFileSystemEntries(below).Any()))
            Directory.Delete(below);
    }
}
