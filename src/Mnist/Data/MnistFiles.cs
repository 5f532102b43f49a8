namespace BasinVolume.Mnist.Data;

/// <summary>
/// Loads the four files of MNIST, or of any set in its form (Fashion-MNIST for one): 28 x 28 grey images and labels 0 to 9, each file
/// with or without <c>.gz</c>, and with <c>-idx</c> or <c>.idx</c> in its name. Where several spellings are there, the first tried is read.
/// </summary>
public static class MnistFiles
{
    /// <summary>Rows and columns of an image.</summary>
    public const int ImageSize = 28;

    /// <summary>Loads a folder.</summary>
    /// <param name="folder">Where the four files are; its <c>SHA256SUMS</c>, if it has one, must agree with them.</param>
    /// <returns>Both sets, and the checksums of what was read.</returns>
    /// <exception cref="DataException">The folder or a file is missing, damaged, not in the form described, or not the one the checksums describe.</exception>
    public static MnistData Load(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        if (!Directory.Exists(folder))
            throw new DataException($"There is no folder {folder}; give one that holds the four MNIST files.");
        Checksums checksums = Checksums.Of(folder);
        Task<NamedSet> training = Task.Run(() => ReadSet(folder, "train", checksums));
        Task<NamedSet> test = Task.Run(() => ReadSet(folder, "t10k", checksums));
        // Waits for both even if one fails, and throws what the first to fail in this order threw, not an AggregateException around it.
        NamedSet[] sets = Task.WhenAll(training, test).GetAwaiter().GetResult();
        return new MnistData(sets[0].Images, sets[1].Images, sets.SelectMany(set => set.Sha256).ToDictionary());
    }

    private static NamedSet ReadSet(string folder, string prefix, Checksums checksums)
    {
        NamedFile images = ReadFile(folder, $"{prefix}-images", "idx3-ubyte", checksums);
        NamedFile labels = ReadFile(folder, $"{prefix}-labels", "idx1-ubyte", checksums);
        CheckShapes(images, labels);
        CheckLabels(labels);
        return new NamedSet(
            new Dataset(images.Content.Values, labels.Content.Values, ImageSize, ImageSize),
            [new(images.Name, images.Content.Sha256), new(labels.Name, labels.Content.Sha256)]);
    }

    private static NamedFile ReadFile(string folder, string stem, string ending, Checksums checksums)
    {
        string name = $"{stem}-{ending}";
        string dotted = $"{stem}.{ending}";
        string[] tried = [name, $"{name}.gz", dotted, $"{dotted}.gz"];
        string path = tried.Select(each => Path.Combine(folder, each)).FirstOrDefault(File.Exists)
            ?? throw new DataException($"{folder} has no {name}: expected one of {string.Join(", ", tried)}; add the file, or give another folder.");
        IdxArray content = IdxReader.Read(path);
        checksums.Check(name, path, content.Sha256);
        return new NamedFile(name, path, content);
    }

    private static void CheckShapes(NamedFile images, NamedFile labels)
    {
        IReadOnlyList<int> shape = images.Content.Shape;
        if (shape is not [_, ImageSize, ImageSize])
            throw new DataException($"{images.Path} does not hold images of {ImageSize} x {ImageSize}: its shape is {Describe(shape)}; give images of that size.");
        if (labels.Content.Shape.Count != 1)
            throw new DataException($"{labels.Path} does not hold one label an image: expected one dimension, got the shape {Describe(labels.Content.Shape)}; give the file with the labels.");
        if (labels.Content.Shape[0] != shape[0])
            throw new DataException($"{images.Path} has {shape[0]} images but {labels.Path} has {labels.Content.Shape[0]} labels; give files that belong together.");
    }

    private static void CheckLabels(NamedFile labels)
    {
        ReadOnlySpan<byte> values = labels.Content.Values.Span;
        int index = values.IndexOfAnyExceptInRange((byte)0, (byte)(Dataset.Classes - 1));
        if (index >= 0)
            throw new DataException($"{labels.Path} has the label {values[index]} at index {index}: expected 0 to {Dataset.Classes - 1}; give data with {Dataset.Classes} classes.");
    }

    private static string Describe(IReadOnlyList<int> shape) => string.Join(" x ", shape);

    private sealed record NamedFile(string Name, string Path, IdxArray Content);

    private sealed record NamedSet(Dataset Images, KeyValuePair<string, string>[] Sha256);
}
