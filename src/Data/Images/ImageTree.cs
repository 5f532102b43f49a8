using BasinVolume.Data.Pictures;
using BasinVolume.Interop;
using BasinVolume.Kernels;

namespace BasinVolume.Data.Images;

/// <summary>The folders of a set of images.</summary>
/// <param name="Training">The folder that has a folder for each class of the training images.</param>
/// <param name="Test">The same for the test images; null if there are none.</param>
/// <param name="LeftOut">What lies beside them and is not read.</param>
internal sealed record ImageTree(string Training, string? Test, string[] LeftOut)
{
    // A folder without a picture in the first of its folders is no folder of pictures.
    private const int MostLooked = 10;

    private static readonly string[] TrainingNames = ["train", "training"];
    private static readonly string[] TestNames = ["test", "testing", "val", "valid", "validation"];

    // What desktops leave in folders of pictures.
    private static readonly string[] Left = ["Thumbs.db", "desktop.ini"];

    /// <summary>Whether a folder looks like one: a folder in it, or in its training part, begins with a picture.</summary>
    public static bool Is(string path) => FoldersIn(Part(path, TrainingNames) ?? path).Take(MostLooked).Any(HasPicture);

    /// <summary>Finds the parts.</summary>
    /// <exception cref="DataException">There is something beside them that may be a class.</exception>
    public static ImageTree Of(string path)
    {
        if (Part(path, TrainingNames) is not { } training)
            return new(path, Test: null, FilesBeside(path));
        string[] folders = [.. FoldersIn(path).Where(folder => folder != training)];
        if (Array.Find(folders, folder => !IsOneOf(folder, TestNames)) is { } other)
            throw new DataException(
                $"{path} has {Path.GetFileName(training)}/ and beside it {Printable.Name(Path.GetFileName(other))}/: expected {string.Join("/, ", TestNames)}/ "
                + $"and no other; move it away, or give {training}.");
        string? test = Part(path, TestNames);
        return new(training, test, [.. FilesBeside(path), .. folders.Where(folder => folder != test).Select(folder => Path.GetFileName(folder) + "/")]);
    }

    /// <summary>The folders of classes, by their names.</summary>
    public static string[] FoldersIn(string path) => [.. Visible(Directory.EnumerateDirectories(path))];

    /// <summary>The pictures of a class.</summary>
    /// <exception cref="DataException">It has folders.</exception>
    public static string[] PicturesIn(string folder)
    {
        if (FoldersIn(folder) is [var first, ..])
            throw new DataException(
                $"{folder} is the folder of a class and has a folder {Printable.Name(Path.GetFileName(first))}: expected pictures only; "
                + $"move them into one folder.");
        return [.. Visible(Directory.EnumerateFiles(folder)).Where(file => !Left.Contains(Path.GetFileName(file), StringComparer.OrdinalIgnoreCase))];
    }

    private static bool HasPicture(string folder)
    {
        if (Visible(Directory.EnumerateFiles(folder)).FirstOrDefault(file => !Left.Contains(Path.GetFileName(file))) is not { } path)
            return false;
        using Stream file = InputFile.Open(path, long.MaxValue);
        var beginning = new byte[8];
        return PictureHeader.IsPicture(beginning.AsSpan(0, file.ReadAtLeast(beginning, beginning.Length, throwOnEndOfStream: false)));
    }

    // A part holds folders; a class may be called as one is.
    private static string? Part(string path, string[] names)
        => FoldersIn(path).Where(folder => IsOneOf(folder, names) && FoldersIn(folder).Length > 0)
            .MinBy(folder => Array.FindIndex(names, name => Is(folder, name)));

    private static bool IsOneOf(string folder, string[] names) => Array.Exists(names, name => Is(folder, name));

    private static bool Is(string folder, string name) => string.Equals(Path.GetFileName(folder), name, StringComparison.OrdinalIgnoreCase);

    private static string[] FilesBeside(string path) => [.. Visible(Directory.EnumerateFiles(path)).Select(file => Path.GetFileName(file)!)];

    private static IEnumerable<string> Visible(IEnumerable<string> paths)
        => paths.Where(path => !Path.GetFileName(path).StartsWith('.')).OrderBy(path => Path.GetFileName(path), StringComparer.Ordinal);
}
