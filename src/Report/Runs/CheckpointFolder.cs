using System.Collections.Immutable;
using System.Globalization;
using BasinVolume.Interop;

namespace BasinVolume.Report.Runs;

/// <summary>
/// Where a run keeps its work until it is finished, so that the same command goes on with it after whatever ended it: a folder in that of the unfinished files.
/// It is made when there is something to keep, and goes when the run is finished.
/// </summary>
public sealed class CheckpointFolder
{
    /// <summary>What it is called.</summary>
    internal const string Name = "checkpoint";

    private const string CommandKind = "BasinVolume command 1";
    private const string CommandName = "command";

    // Says that the unfinished run was to replace a finished one: whoever repeats its command says --force again, and does not mean the work that is kept.
    private const string ForcedName = "forced";

    private readonly OutputFolder _output;
    private readonly EarlierRun _earlier;
    private ImmutableArray<KeyValuePair<string, string>> _command = [];

    /// <summary>That of a folder for results.</summary>
    internal CheckpointFolder(OutputFolder output, EarlierRun earlier) => (_output, _earlier) = (output, earlier);

    /// <summary>
    /// How often work is kept that has to be written as a whole: every minute. Tests shorten it by the environment variable BASIN_VOLUME_CHECKPOINT_SECONDS.
    /// </summary>
    public static TimeSpan Interval { get; } = TimeSpan.FromSeconds(
        double.TryParse(Environment.GetEnvironmentVariable("BASIN_VOLUME_CHECKPOINT_SECONDS"), CultureInfo.InvariantCulture, out double seconds) && seconds >= 0
            ? Math.Min(seconds, 3600)
            : 60);

    /// <summary>Whether there is work to go on with.</summary>
    public bool HoldsWork => IsIn(_output.Unfinished);

    /// <summary>Whether somebody asked to go on with it.</summary>
    public bool IsResumed => _earlier == EarlierRun.Resume;

    /// <summary>Whether the run goes on with it: because that was asked for, or because the same command, with --force, is repeated.</summary>
    internal bool IsGoneOnWith
        => IsResumed || (_earlier == EarlierRun.Overwrite && HoldsWork && File.Exists(PathOf(ForcedName)) && UnfinishedCommand is { } command
            && command.AsSpan().SequenceEqual(_command.AsSpan()));

    /// <summary>The command whose unfinished run is there, as names with values; null if there is none.</summary>
    /// <exception cref="DataException">It is not as this program wrote it.</exception>
    public ImmutableArray<KeyValuePair<string, string>>? UnfinishedCommand => HeadOf(CommandName, CommandKind);

    private string FullPath => Path.Combine(_output.Unfinished, Name);

    /// <summary>Where a file of the unfinished run is, which it wrote for others.</summary>
    /// <param name="name">What it is called.</param>
    public string FilesOf(string name) => Path.Combine(_output.Unfinished, name);

    /// <summary>Says by what command the run is asked for that keeps its work here.</summary>
    /// <param name="command">The command, as names with values.</param>
    public void IsOf(ImmutableArray<KeyValuePair<string, string>> command) => _command = command;

    /// <summary>Removes a file of it, which is of other work than what is asked for.</summary>
    /// <exception cref="OutputException">It cannot be removed.</exception>
    public void Forget(string name) => OutputException.Guard(FullPath, () => File.Delete(PathOf(name)));

    /// <summary>Where a file of it is.</summary>
    internal string PathOf(string name) => NamedFile.In(FullPath, name);

    /// <summary>Whether a folder of unfinished files has work to go on with.</summary>
    internal static bool IsIn(string unfinished)
    {
        string folder = Path.Combine(unfinished, Name);
        return Directory.Exists(folder)
            && Directory.EnumerateFiles(folder).Select(file => Path.GetFileName(file)).Any(name => name is not (CommandName or ForcedName) && name[0] != '.');
    }

    /// <summary>Whether a file of unfinished ones is in such a folder.</summary>
    /// <param name="name">Its name below their folder, as a manifest has it.</param>
    internal static bool Holds(string name) => name.StartsWith($"{Name}/", StringComparison.Ordinal);

    /// <summary>Of what work a file is; null if there is none.</summary>
    internal ImmutableArray<KeyValuePair<string, string>>? HeadOf(string name, string kind)
    {
        string path = PathOf(name);
        if (!File.Exists(path))
            return null;
        using FileStream file = File.OpenRead(path);
        return CheckpointFile.ReadHead(file, path, kind);
    }

    /// <summary>Makes it.</summary>
    /// <exception cref="OutputException">It cannot be made.</exception>
    internal void Make()
    {
        if (Directory.Exists(FullPath))
            return;
        OutputException.Guard(FullPath, () =>
        {
            Directory.CreateDirectory(FullPath);
            if (_earlier == EarlierRun.Overwrite)
                File.WriteAllBytes(PathOf(ForcedName), []);
        });
        AtomicFile.Write(PathOf(CommandName), stream => stream.Write(CheckpointFile.Head(CommandKind, _command)));
    }

    /// <summary>Removes what was written beside files when the run was killed, and the whole folder where nothing was kept.</summary>
    internal void Tidy()
    {
        if (!HoldsWork)
            Remove();
        else
            AtomicFile.RemoveLeftovers(FullPath);
    }

    /// <summary>Removes it with all that is in it.</summary>
    /// <exception cref="OutputException">It cannot be removed.</exception>
    internal void Remove() => OutputException.Guard(FullPath, () =>
    {
        if (Directory.Exists(FullPath))
            Directory.Delete(FullPath, recursive: true);
    });
}
