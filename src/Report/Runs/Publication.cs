
namespace BasinVolume.Report.Runs;

/// <summary>
/// How a finished run takes its place in its folder. Until then its files lie in a folder of their own, so whatever ends a run before leaves the folder as it
/// was. Then: the old page goes, so that none shows what is no longer there; the old result goes, and what it names;
/// the new files come, the result as the last of them, and then the page. Whoever is killed in between leaves neither an old page nor an old result, and what
/// is needed to remove the rest.
/// </summary>
public static class Publication
{
    // The old result, while the run that it is of is being replaced.
    private const string ReplacedName = ".replaced.json";

    /// <summary>Replaces the earlier run of the same kind, if there is one.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="kind">What kind of run it is.</param>
    public static void Publish(string folder, RunKind kind)
    {
        string from = OutputFolder.UnfinishedOf(folder), result = Path.Combine(folder, kind.ResultName);
        string[] old = Manifest.Read(result)?.Unchanged(folder) ?? [];
        File.Delete(Path.Combine(folder, RunFolder.PageName));
        if (File.Exists(result))
            File.Move(result, Path.Combine(from, ReplacedName), overwrite: true);
        Remove(folder, old);
        string[] last = [kind.ResultName, RunFolder.PageName];
        foreach (string name in Manifest.NamesIn(from).Where(name => name != ReplacedName && !CheckpointFolder.Holds(name)).Except(last).Concat(last).ToArray())
            Move(from, folder, name);
        RemoveAllButWork(from);
    }

    /// <summary>
    /// Removes what a run left that was killed, failed or was interrupted: its own folder, but for the work that it kept to go on with, and what of it and of
    /// the run that it was to replace lies about if it ended while it took its place.
    /// </summary>
    /// <param name="folder">The run's folder.</param>
    public static void RemoveInterrupted(string folder)
    {
        string from = OutputFolder.UnfinishedOf(folder);
        if (!Directory.Exists(from))
            return;
        string replaced = Path.Combine(from, ReplacedName);
        IEnumerable<string> results = RunKind.All.Select(kind => Path.Combine(from, kind.ResultName)).Append(replaced).Where(File.Exists);
        if (File.Exists(replaced))
            Remove(folder, [.. results.SelectMany(result => Manifest.Read(result)?.Unchanged(folder) ?? [])]);
        RemoveAllButWork(from);
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
