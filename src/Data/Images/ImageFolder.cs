using BasinVolume.Autodiff.Networks;
using BasinVolume.Data.Formats;
using BasinVolume.Data.PictureSets;
using BasinVolume.Data.Pictures;
using BasinVolume.Data.Samples;
using BasinVolume.Data.Streams;
using BasinVolume.Interop;
using BasinVolume.Kernels;

namespace BasinVolume.Data.Images;

/// <summary>The pictures of a folder, and how they become a data set.</summary>
internal static class ImageFolder
{
    /// <summary>Finds the pictures and reads their headers.</summary>
    /// <exception cref="DataException">A file is no picture, a class has none, or sizes differ.</exception>
    public static DataSource Open(DataRequest request)
    {
        var tree = ImageTree.Of(request.Path);
        var classes = new NamedClasses(
            request.Training?.Classes ?? [.. ImageTree.FoldersIn(tree.Training).Select(folder => Path.GetFileName(folder)!)]);
        ImageFile[] training = FilesOf(tree.Training, classes), test = tree.Test is null ? [] : FilesOf(tree.Test, classes);
        if (request.Training is null)
            CheckEveryClass(tree.Training, classes, training);
        if (training.Length == 0)
            throw new DataException(
                $"{tree.Training} has no images: expected a subfolder for each class, with pictures in it; add them, or give another folder.");
        var form = new ImageForm(ImageForm.OptionsFor(request));
        foreach (ImageFile file in training.Concat(test))
            Look(file, form);
        return new ImageSource(training, test, form)
        {
            Format = "images",
            Path = request.Path,
            Layout = new(new Shape(form.Channels, form.Size.Height, form.Size.Width), ElementKind.Pixels) { Classes = classes.Names },
            TrainingCount = training.Length,
            TestCount = test.Length,
            Note = NoteOf(form, tree),
        };
    }

    private static ImageFile[] FilesOf(string path, NamedClasses classes)
        => [.. ImageTree.FoldersIn(path).SelectMany(folder => FilesOfClass(path, folder, classes))];

    private static IEnumerable<ImageFile> FilesOfClass(string path, string folder, NamedClasses classes)
    {
        string name = Path.GetFileName(folder);
        int place = classes.PlaceOf(name, path);
        return ImageTree.PicturesIn(folder).Select(file => new ImageFile(file, $"{name}/{Path.GetFileName(file)}", place));
    }

    private static void CheckEveryClass(string path, NamedClasses classes, ImageFile[] files)
    {
        var found = files.Select(file => file.Class).ToHashSet();
        if (classes.Names.Where((_, place) => !found.Contains(place)).FirstOrDefault() is { } empty)
            throw new DataException(
                $"{path} has a folder {Printable.Name(empty)} without images: expected one for each class, with pictures in it; "
                + $"add some, or delete the folder.");
    }

    private static void Look(ImageFile file, ImageForm form)
    {
        PictureHeader header = ReadFaults.Explained(file.Path, () =>
        {
            using Stream content = InputFile.Open(file.Path, long.MaxValue);
            return PictureHeader.Read(content, file.Path);
        });
        form.Add(file.Path, header, () => PictureReader.ReadColours(file.Path));
    }

    private static string? NoteOf(ImageForm form, ImageTree tree)
    {
        string[] notes =
        [
            .. form.Notes,
            .. tree.LeftOut.Length > 0 ? [$"left out, beside the folders: {Printable.List(tree.LeftOut)}"] : Array.Empty<string>(),
        ];
        return notes.Length == 0 ? null : string.Join("; ", notes);
    }
}
