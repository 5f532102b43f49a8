using BasinVolume.Interop;
using BasinVolume.Kernels;

namespace BasinVolume.Mnist.Data;

/// <summary>
/// Loads the four files of MNIST, or of any set in its form (Fashion-MNIST, EMNIST, QMNIST): 28 x 28 grey images and labels 0 to 9, under the names that those
/// sets have (<see cref="IdxName"/>), each file with or without <c>.gz</c>, and with <c>-idx</c> or <c>.idx</c> in its name.
/// Where several spellings are there, the first tried is read; where several sets are there, none.
/// </summary>
public static class MnistFiles
{
    /// <summary>Rows and columns of an image.</summary>
    public const int ImageSize = 28;

    private const string Images = "images";
    private const string Labels = "labels";

    // Columns of labels that have several, of which the first is the class.
    private static readonly int[] LabelColumns = [.. IdxSets.All.Select(known => known.LabelColumns).Where(columns => columns > 1).Distinct()];

    /// <summary>Loads a folder.</summary>
    /// <param name="folder">Where the four files are; its <c>SHA256SUMS</c>, if it has one, must agree with them.</param>
    /// <returns>Both sets, and the checksums of what was read.</returns>
    /// <exception cref="DataException">
    /// The folder or a file is missing, damaged, not in the form described, or not the one the checksums describe, or there are several sets.
    /// </exception>
    public static MnistData Load(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        if (!Directory.Exists(folder))
            throw new DataException($"There is no folder {folder}; give one that holds the four MNIST files.");
        IdxName[] names = IdxName.In(folder);
        string set = SetOf(folder, names);
        IdxSet known = IdxSets.All.FirstOrDefault(one => names.Any(name => name.Part == one.TestPart)) ?? IdxSets.All[0];
        Checksums checksums = Checksums.Of(folder);
        Task<NamedSet> training = Task.Run(() => ReadSet(folder, names, set + IdxSets.Training, checksums));
        Task<NamedSet> test = Task.Run(() => ReadSet(folder, names, set + known.TestPart, checksums));
        // Waits for both even if one fails, and throws what the first to fail in this order threw, not an AggregateException around it.
        NamedSet[] sets = Task.WhenAll(training, test).GetAwaiter().GetResult();
        return new MnistData(sets[0].Images, sets[1].Images, sets.SelectMany(read => read.Sha256).ToDictionary());
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

    private static NamedSet ReadSet(string folder, IdxName[] names, string prefix, Checksums checksums)
    {
        NamedFile images = ReadFile(folder, names, prefix, Images, "idx3-ubyte", checksums);
        NamedFile labels = ReadFile(folder, names, prefix, Labels, "idx1-ubyte", checksums);
        CheckShapes(images, labels);
        return new NamedSet(
            new Dataset(images.Content.Values, ClassesOf(labels), ImageSize, ImageSize),
            [new(images.Name, images.Content.Sha256), new(labels.Name, labels.Content.Sha256)]);
    }

    private static NamedFile ReadFile(string folder, IdxName[] names, string prefix, string kind, string usualEnding, Checksums checksums)
    {
        IdxName found = Array.Find(names, name => name.Set + name.Part == prefix && name.Kind == kind) ?? throw Missing(
            folder, $"{prefix}-{kind}", usualEnding);
        string path = Path.Combine(folder, found.File);
        IdxArray content = IdxReader.Read(path);
        checksums.Check(found.Name, path, content.Sha256);
        return new NamedFile(found.Name, path, content);
    }

    private static DataException Missing(string folder, string stem, string ending)
    {
        string[] tried = [$"{stem}-{ending}", $"{stem}-{ending}.gz", $"{stem}.{ending}", $"{stem}.{ending}.gz"];
        string instead = Array.Find(tried, name => Directory.Exists(Path.Combine(folder, name))) is { } name
            ? $" ({name} is there, but it is a folder, not a file)"
            : string.Empty;
        return new($"{folder} has no {tried[0]}: expected one of {string.Join(", ", tried)}{instead}; add the file, or give another folder.");
    }

    private static void CheckShapes(NamedFile images, NamedFile labels)
    {
        IReadOnlyList<int> shape = images.Content.Shape;
        if (shape is not [_, ImageSize, ImageSize])
            throw new DataException(
                $"{images.Path} does not hold images of {ImageSize} x {ImageSize}: its shape is {Describe(shape)}; give images of that size.");
        if (images.Content.Type != IdxType.UnsignedByte)
            throw new DataException(
                $"{images.Path} holds elements of the type {images.Content.Type.Name}, expected {IdxType.UnsignedByte.Name}s, grey levels from 0 to 255; "
                + $"save the images as those.");
        if (!IsLabels(labels.Content.Shape))
            throw new DataException(
                $"{labels.Path} does not hold one label an image: expected one dimension, or QMNIST's {string.Join(" or ", LabelColumns)} columns, "
                + $"got the shape {Describe(labels.Content.Shape)}; give the file with the labels.");
        if (labels.Content.Shape[0] != shape[0])
            throw new DataException(
                $"{images.Path} has {shape[0]} images but {labels.Path} has {labels.Content.Shape[0]} labels; give files that belong together.");
    }

    private static bool IsLabels(IReadOnlyList<int> shape) => shape is [_] || (shape is [_, var columns] && LabelColumns.Contains(columns));

    private static byte[] ClassesOf(NamedFile labels)
    {
        IReadOnlyList<int> shape = labels.Content.Shape;
        int columns = shape.Count == 1 ? 1 : shape[1];
        var classes = new byte[shape[0]];
        for (int i = 0; i < classes.Length; i++)
        {
            long label = labels.Content.At(i * columns);
            if (label is < 0 or >= Dataset.Classes)
                throw new DataException(
                    $"{labels.Path} has the label {label} at index {i}: expected 0 to {Dataset.Classes - 1}; give data with {Dataset.Classes} classes.");
            classes[i] = (byte)label;
        }

        return classes;
    }

    private static string Describe(IReadOnlyList<int> shape) => string.Join(" x ", shape);

    private sealed record NamedFile(string Name, string Path, IdxArray Content);

    private sealed record NamedSet(Dataset Images, KeyValuePair<string, string>[] Sha256);
}
