using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using BasinVolume.Kernels;

namespace BasinVolume.Mnist.Results;

/// <summary>A file that a run wrote.</summary>
/// <param name="Name">Its path in the run's folder, with slashes.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">The SHA-256 of its content, in lower-case hexadecimal.</param>
internal sealed record WrittenFile(string Name, long Bytes, string Sha256);

/// <summary>What a run wrote: <c>files</c> in its result. Whatever else lies in its folder is somebody else's: it is neither shown nor removed.</summary>
/// <param name="Files">The files, in the order of their names; the result itself, its log and its page are not among them.</param>
internal sealed record Manifest(ImmutableArray<WrittenFile> Files)
{
    /// <summary>What lies in a folder and below it.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="except">A file of it that is left out.</param>
    public static Manifest Of(string folder, string except)
        => new([.. NamesIn(folder).Where(name => name != except).Order(StringComparer.Ordinal).Select(name => Describe(folder, name))]);

    /// <summary>What a result says; null if it says nothing of files, as those of earlier versions. An entry that is none, or whose path leads out of the folder, is no file of the run.</summary>
    public static Manifest? Of(JsonElement result)
        => result.ValueKind == JsonValueKind.Object && result.TryGetProperty("files", out JsonElement files) && files.ValueKind == JsonValueKind.Array
            ? new([.. files.EnumerateArray().Select(EntryOf).OfType<WrittenFile>()])
            : null;

    /// <summary>What the result of a finished run says; null if there is none, or it cannot be read.</summary>
    public static Manifest? Read(string result)
    {
        try
        {
            return Path.Exists(result) ? Of(JsonElement.Parse(InputFile.ReadAll(result, ResultReader.MostBytes))) : null;
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
        return new(name, new FileInfo(path).Length, HashOf(path));
    }

    private static string HashOf(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    private static WrittenFile? EntryOf(JsonElement entry)
        => entry.ValueKind == JsonValueKind.Object
            && entry.TryGetProperty("name", out JsonElement name) && name.ValueKind == JsonValueKind.String && name.GetString() is { } path && IsInside(path)
            && entry.TryGetProperty("bytes", out JsonElement bytes) && bytes.ValueKind == JsonValueKind.Number && bytes.TryGetInt64(out long length)
            && entry.TryGetProperty("sha256", out JsonElement hash) && hash.ValueKind == JsonValueKind.String
            ? new(path, length, hash.GetString()!)
            : null;

    private static bool IsInside(string name)
        => name.Length > 0 && !name.Any(char.IsControl) && name.IndexOfAny(['\\', ':']) < 0 && name.Split('/').All(part => part is not ("" or "." or ".."));
}
