using System.Globalization;
using System.Text.RegularExpressions;
using BasinVolume.Interop;
using BasinVolume.Kernels;

namespace BasinVolume.Data.ParquetFiles;

/// <summary>The files of a set.</summary>
/// <param name="Training">Those with training samples, in the order of their names.</param>
/// <param name="Test">Those with test samples; none perhaps.</param>
/// <param name="LeftOut">Others.</param>
internal sealed partial record ParquetParts(string[] Training, string[] Test, string[] LeftOut)
{
    private static readonly string[] TestNames = ["test", "validation", "valid", "val"];

    /// <summary>Whether a folder has some.</summary>
    public static bool IsIn(string folder) => FolderOf(folder) is not null;

    /// <summary>Finds them: a file is one of training samples; of a folder names say which is which, and others are left out.</summary>
    /// <exception cref="DataException">There are none, or some are missing.</exception>
    public static ParquetParts At(string path)
    {
        if (!Directory.Exists(path))
            return new([path], [], []);
        string[] files = FilesIn(FolderOf(path) ?? throw new DataException(
            $"{path} has no .parquet files: expected train-*.parquet and test-*.parquet, in it or in one folder of it; give the folder that has them."));
        string[] training = Named(files, "train");
        if (training.Length == 0 && Array.TrueForAll(files, file => PartOf(file).Length == 0))
            training = files;
        if (training.Length == 0)
            throw new DataException(
                $"{path} has {Printable.List(files.Select(file => Path.GetFileName(file)))} but no file train-*.parquet; add it, or give one of these files.");
        string[] test = TestNames.Select(name => Named(files, name)).FirstOrDefault(named => named.Length > 0) ?? [];
        CheckWhole(path, training);
        CheckWhole(path, test);
        return new(training, test, [.. files.Except(training).Except(test)]);
    }

    // The folder itself, its folder data, or the only one in it that has some.
    private static string? FolderOf(string path)
    {
        if (FilesIn(path).Length > 0)
            return path;
        string[] folders = [.. Directory.EnumerateDirectories(path).Where(folder => FilesIn(folder).Length > 0)];
        return folders.Length == 1 ? folders[0] : Array.Find(folders, folder => Path.GetFileName(folder) == "data");
    }

    private static string[] FilesIn(string folder)
        => [.. Directory.EnumerateFiles(folder, "*.parquet").Where(file => !Path.GetFileName(file).StartsWith('.')).Order(StringComparer.Ordinal)];

    private static string[] Named(string[] files, string part) => [.. files.Where(file => PartOf(file) == part)];

    // train-00000-of-00002.parquet, test.parquet; of other names nothing.
    private static string PartOf(string file)
    {
        string name = PartName().Match(Path.GetFileName(file)).Groups[1].Value;
        return name == "train" || TestNames.Contains(name) ? name : string.Empty;
    }

    private static void CheckWhole(string path, string[] files)
    {
        foreach (string file in files)
        {
            if (ShardName().Match(Path.GetFileName(file)) is { Success: true } match
                && int.Parse(match.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) is var count && count != files.Length)
            {
                throw new DataException(
                    $"{path} has {files.Length} files like {Path.GetFileName(file)}, expected {count} as the name says; "
                    + $"add those that are missing, or take away others.");
            }
        }
    }

    [GeneratedRegex(@"^([a-z]+)[-_.]", RegexOptions.CultureInvariant)]
    private static partial Regex PartName();

    [GeneratedRegex(@"-of-(\d{1,6})[-.]", RegexOptions.CultureInvariant)]
    private static partial Regex ShardName();
}
