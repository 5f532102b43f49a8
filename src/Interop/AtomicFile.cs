using System.Text.RegularExpressions;

namespace BasinVolume.Interop;

/// <summary>
/// Writes a file so that its name only ever stands for a whole one: the content goes to a temporary name in the same folder, is flushed to the disk, and is
/// then renamed. A run that is killed leaves the old file (or none) and a temporary one that nothing reads.
/// </summary>
public static partial class AtomicFile
{
    private const string InMemory = "/dev/shm/";

    private static readonly string[] OfTheSystem = ["/dev/", "/proc/", "/sys/"];

    /// <summary>Creates or replaces a file, and its folder where that is missing.</summary>
    /// <param name="path">The file to write.</param>
    /// <param name="write">Writes the content; what it throws is thrown on, and the file is then as it was before.</param>
    /// <exception cref="OutputException">The folder cannot be created, or the file cannot be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(write);
        OutputException.Guard(path, () =>
        {
            string target = TargetOf(path), temporary = TemporaryNameFor(target);
            try
            {
                WriteNew(temporary, write);
                File.Move(temporary, target, overwrite: true);
            }
            finally
            {
                // Nothing to delete after the rename: this only tidies up after a failure.
                File.Delete(temporary);
            }
        });
    }

    /// <summary>Removes the temporary files that killed processes left in a folder.</summary>
    public static void RemoveLeftovers(string folder)
    {
        foreach (string file in Directory.GetFiles(folder, ".*.tmp", new EnumerationOptions { AttributesToSkip = FileAttributes.None }).Where(
            file => TemporaryName().IsMatch(Path.GetFileName(file))))
            File.Delete(file);
    }

    // The file that a link leads to, so that the link stays. What the system keeps under these names is no file, and whoever is allowed to would replace it.
    private static string TargetOf(string path)
    {
        string full = Path.GetFullPath(path);
        string target = File.Exists(full) && File.ResolveLinkTarget(full, returnFinalTarget: true) is { } linked ? linked.FullName : full;
        return !OperatingSystem.IsWindows() && OfTheSystem.Any(folder => target.StartsWith(folder, StringComparison.Ordinal))
            && !target.StartsWith(InMemory, StringComparison.Ordinal)
            ? throw new IOException("it is a device or a pipe, not a file")
            : target;
    }

    private static string TemporaryNameFor(string path)
    {
        string folder = Path.GetDirectoryName(path)
            ?? throw new IOException("it is a root folder, not a file");
        Directory.CreateDirectory(folder);
        return Path.Combine(folder, $".{Path.GetFileName(path)}.{Guid.NewGuid():N}.tmp");
    }

    private static void WriteNew(string path, Action<Stream> write)
    {
        using var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        write(stream);
        stream.Flush(flushToDisk: true);
    }

    [GeneratedRegex(@"^\..+\.[0-9a-f]{32}\.tmp$")]
    private static partial Regex TemporaryName();
}
