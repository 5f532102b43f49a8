using System.Collections.Immutable;
using BasinVolume.Data.Formats;
using BasinVolume.Data.Streams;
using BasinVolume.Interop;
using BasinVolume.Kernels;

namespace BasinVolume.Data.Cifar;

/// <summary>
/// CIFAR-10 and CIFAR-100: the folder of records or of pickles, the folder around it, or the archive as it is downloaded. There may be fewer files of training
/// samples than CIFAR-10 has, and fewer samples, but none may be missing between others.
/// </summary>
internal sealed class CifarFormat : DataFormat
{
    private static readonly ImmutableArray<string> NamesFiles = [.. CifarSet.All.SelectMany(set => set.Labels).Select(label => label.NamesFile).Distinct()];

    /// <summary>Files of which there must be one, for errors.</summary>
    public static string FilesExpected => string.Join(", or ", CifarSet.All.Select(set => set.TrainingFile(1)));

    /// <inheritdoc/>
    public override string Name => "cifar";

    /// <inheritdoc/>
    public override string Expected
        => "CIFAR-10 or CIFAR-100 as downloaded, the .tar.gz or the folder with data_batch_1.bin, data_batch_1, train.bin, or train and meta";

    /// <inheritdoc/>
    public override ImmutableArray<DataOption> Options { get; } = [DataOption.LabelColumn];

    /// <summary>Whether a file may belong to a set, by its name.</summary>
    public static bool IsOfSets(string name) => NamesFiles.Contains(name) || CifarSet.All.Any(set => set.PartOf(name) > 0 || name == set.TestFile);

    /// <inheritdoc/>
    public override bool Recognises(string path) => Directory.Exists(path) ? FoldersIn(path).Length > 0 : CifarArchive.Is(path);

    /// <inheritdoc/>
    public override DataSource Open(DataRequest request)
        => ReadFaults.Explained(
            request.Path, () => CifarSource.Open(request, Directory.Exists(request.Path) ? FolderOf(request.Path) : ArchiveOf(request.Path)));

    private static string ArchiveOf(string path) => CifarArchive.Is(path) ? path : throw new DataException(
        $"{path} is no tar archive, packed with gzip or not: expected one with {FilesExpected}; give the archive as it was downloaded, or a folder.");

    private static string FolderOf(string path)
    {
        string[] folders = FoldersIn(path);
        if (folders.Length == 0)
            throw new DataException(
                $"{path} has no training samples of CIFAR-10 or CIFAR-100: expected {FilesExpected}; give the folder that has them, or the archive.");
        return folders.Length == 1 || folders.Select(folder => CifarSet.Of(NamesIn(folder))?.Name).Distinct().Count() == 1
            ? folders[0]
            : throw new DataException(
                $"{path} holds several data sets: {Printable.List(folders.Select(folder => Path.GetFileName(folder)))}; give one of these folders.");
    }

    // The folder itself, or those in it that are called as the archives call them.
    private static string[] FoldersIn(string path)
    {
        if (CifarSet.Of(NamesIn(path)) is not null)
            return [path];
        IEnumerable<string> folders = CifarSet.All.Select(set => Path.Combine(path, set.Folder));
        return [.. folders.Where(folder => Directory.Exists(folder) && CifarSet.Of(NamesIn(folder)) is not null)];
    }

    private static string[] NamesIn(string folder) => [.. Directory.EnumerateFiles(folder).Select(file => Path.GetFileName(file)!)];
}
