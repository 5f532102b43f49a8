using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using BasinVolume.Kernels;
using BasinVolume.Report.Records;

namespace BasinVolume.Report.Runs;

/// <summary>What a run wrote: <c>files</c> in its result. Whatever else lies in its folder is somebody else's: it is neither shown nor removed.</summary>
/// <param name="Files">The files, in the order of their names; the result itself, its log and its page are not among them.</param>
public sealed record Manifest(ImmutableArray<WrittenFile> Files)
{
    /// <summary>What lies in a folder and below it, but for what is kept to go on with.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="except">A file of it that is left out.</param>
    public static Manifest Of(string folder, string except)
    {
        // All are read at once: their hashes take as long as reading them.
        Task<WrittenFile>[] files =
        [
            .. NamesIn(folder).Where(name => name != except && !CheckpointFolder.Holds(name)).Order(StringComparer.Ordinal)
                .Select(name => Task.Run(() => Describe(folder, name))),
        ];
        return new([.. files.Select(file => file.GetAwaiter().GetResult())]);
    }

    /// <summary>
    /// What a result says; null if it says nothing of files, as those of earlier versions. An entry whose path leads out of the folder is no file of the run.
    /// </summary>
    public static Manifest? Of(ImmutableArray<WrittenFile>? files) => files is { } said ? new([.. said.Where(file => IsInside(file.Name))]) : null;

    /// <summary>What the result of a finished run of any version says; null if there is none, or it cannot be read.</summary>
    public static Manifest? Read(string result)
    {
        try
        {
            return Path.Exists(result)
                ? Of(JsonSerializer.Deserialize(InputFile.ReadAll(result, FinishedRun.MostBytes), RunJson.Default.FilesRecord)?.Files)
                : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The paths of those of the files that are still as the run wrote them.</summary>
    public string[] Unchanged(string folder) => [.. Files.Where(file => IsUnchanged(folder, file)).Select(file => Path.Combine(folder, file.Name))];

    /// <summary>Whether a file is still as it was written.</summary>
    public static bool IsUnchanged(string folder, WrittenFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        string path = Path.Combine(folder, file.Name);
        if (file.Bytes == 0)
            return new FileInfo(path) is { Exists: true, Length: 0 };
        try
        {
            using Stream stream = InputFile.Open(path, most: file.Bytes);
            return stream.Length == file.Bytes && Convert.ToHexStringLower(SHA256.HashData(stream)) == file.Sha256;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>The names of all files in a folder and below it, as a manifest has them.</summary>
    public static IEnumerable<string> NamesIn(string folder)
        => Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None })
            .Select(path => Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/'));

    private static WrittenFile Describe(string folder, string name)
    {
        string path = Path.Combine(folder, name);
        return new() { Name = name, Bytes = new FileInfo(path).Length, Sha256 = HashOf(path) };
    }

    private static string HashOf(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    private static bool IsInside(string name)
        => name.Length > 0 && !name.Any(char.IsControl) && name.IndexOfAny(['\\', ':']) < 0 && name.Split('/').All(part => part is not ("" or "." or ".."));
}
