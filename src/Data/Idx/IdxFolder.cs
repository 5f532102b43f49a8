using BasinVolume.Autodiff.Networks;
using BasinVolume.Data.Formats;
using BasinVolume.Data.Samples;
using BasinVolume.Interop;
using BasinVolume.Kernels;

namespace BasinVolume.Data.Idx;

/// <summary>The IDX files of a folder, and how they become a data set.</summary>
internal static class IdxFolder
{
    private const string Images = "images";
    private const string Labels = "labels";

    /// <summary>Finds the four files, reads the labels and the headers of the images.</summary>
    /// <param name="request">The folder, whose <c>SHA256SUMS</c>, if it has one, must agree with its files; and what was said of it.</param>
    /// <exception cref="DataException">
    /// The folder or a file is missing, damaged, not in the form described, or not the one the checksums describe, or there are several sets.
    /// </exception>
    public static DataSource Open(DataRequest request)
    {
        string folder = request.Path;
        if (!Directory.Exists(folder))
            throw new DataException($"There is no folder {folder}; give one that holds the four MNIST files.");
        IdxName[] names = IdxName.In(folder);
        string set = SetOf(folder, names);
        IdxSet known = IdxSets.Of(set, names);
        Checksums checksums = Checksums.Of(folder);
        IdxPart training = Part(folder, names, set + IdxSets.Training, checksums), test = Part(folder, names, set + known.TestPart, checksums);
        CheckShapes(training, test);
        IntegerClasses classes = IdxLabels.ClassesOf(training, test, known, request.Options);
        int rows = training.Shape[1], columns = training.Shape[2];
        (int height, int width) = request.Options.Transposed ? (columns, rows) : (rows, columns);
        return new IdxSource(training.With(classes), test.With(classes), request.Options.Transposed)
        {
            Format = "idx",
            Path = folder,
            Layout = new(new Shape(1, height, width), ElementKind.Pixels) { Classes = classes.Names },
            TrainingCount = training.Shape[0],
            TestCount = test.Shape[0],
            Note = request.Options.Transposed ? "rows and columns of the images exchanged" : null,
        };
    }

    private static string SetOf(string folder, IdxName[] names)
    {
        string[] sets = [.. names.Select(name => name.Set).Distinct()];
        if (sets.Length <= 1)
            return sets.FirstOrDefault(string.Empty);
        IEnumerable<string> shown = sets.Select(set => set.Length == 0 ? "one without a name (train-images-…)" : set.TrimEnd('-'));
        throw new DataException(
            $"{folder} holds several data sets: {Printable.List(shown)}; put the files of one of them into a folder of its own, and give that.");
    }

    private static IdxPart Part(string folder, IdxName[] names, string prefix, Checksums checksums)
    {
        IdxName images = Find(folder, names, prefix, Images, "idx3-ubyte"), labels = Find(folder, names, prefix, Labels, "idx1-ubyte");
        string imagesPath = Path.Combine(folder, images.File), labelsPath = Path.Combine(folder, labels.File);
        IdxType type;
        IReadOnlyList<int> shape;
        using (var file = IdxFile.Open(imagesPath, long.MaxValue))
            (type, shape) = (file.Type, file.Shape);
        CheckImages(imagesPath, type, shape);
        IdxArray content = IdxReader.Read(labelsPath);
        checksums.Check(labels.Name, labelsPath, content.Sha256);
        return new(images.Name, imagesPath, shape, labels.Name, labelsPath, IdxLabels.Of(imagesPath, shape[0], labelsPath, content), content.Sha256, checksums);
    }

    private static IdxName Find(string folder, IdxName[] names, string prefix, string kind, string usualEnding)
        => Array.Find(names, name => name.Set + name.Part == prefix && name.Kind == kind) ?? throw Missing(folder, $"{prefix}-{kind}", usualEnding);

    private static DataException Missing(string folder, string stem, string ending)
    {
        string[] tried = [$"{stem}-{ending}", $"{stem}-{ending}.gz", $"{stem}.{ending}", $"{stem}.{ending}.gz"];
        string instead = Array.Find(tried, name => Directory.Exists(Path.Combine(folder, name))) is { } name
            ? $" ({name} is there, but it is a folder, not a file)"
            : string.Empty;
        return new($"{folder} has no {tried[0]}: expected one of {string.Join(", ", tried)}{instead}; add the file, or give another folder.");
    }

    private static void CheckImages(string path, IdxType type, IReadOnlyList<int> shape)
    {
        if (shape.Count != 3)
            throw new DataException(
                $"{path} does not hold grey images: expected three dimensions (images, rows, columns), got the shape {string.Join(" x ", shape)}; "
                + $"give the file with the images.");
        if (type != IdxType.UnsignedByte)
            throw new DataException(
                $"{path} holds elements of the type {type.Name}, expected {IdxType.UnsignedByte.Name}s, grey levels from 0 to 255; save the images as those.");
    }

    private static void CheckShapes(IdxPart training, IdxPart test)
    {
        if (!training.Shape.Skip(1).SequenceEqual(test.Shape.Skip(1)))
            throw new DataException(
                $"{training.ImagesPath} has the shape {string.Join(" x ", training.Shape)}, but {test.ImagesPath} has the shape "
                + $"{string.Join(" x ", test.Shape)}: expected images of one size; give files that belong together.");
    }
}
