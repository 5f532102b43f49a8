using BasinVolume.Data.Formats;
using BasinVolume.Interop;

namespace BasinVolume.Data.Idx;

/// <summary>Labels in IDX files.</summary>
internal static class IdxLabels
{
    // Columns of labels that have several, of which the first is the class.
    private static readonly int[] LabelColumns = [.. IdxSets.All.Select(known => known.LabelColumns).Where(columns => columns > 1).Distinct()];

    /// <summary>The label of each image.</summary>
    /// <param name="imagesPath">The images' file, for errors.</param>
    /// <param name="images">Number of images.</param>
    /// <param name="path">The labels' file.</param>
    /// <param name="content">What it has.</param>
    /// <exception cref="DataException">It has not one label an image.</exception>
    public static int[] Of(string imagesPath, int images, string path, IdxArray content)
    {
        IReadOnlyList<int> shape = content.Shape;
        if (!IsLabels(shape))
            throw new DataException(
                $"{path} does not hold one label an image: expected one dimension, or QMNIST's {string.Join(" or ", LabelColumns)} columns, "
                + $"got the shape {string.Join(" x ", shape)}; give the file with the labels.");
        if (shape[0] != images)
            throw new DataException($"{imagesPath} has {images} images but {path} has {shape[0]} labels; give files that belong together.");
        int columns = shape.Count == 1 ? 1 : shape[1];
        return [.. Enumerable.Range(0, images).Select(i => (int)content.At(i * columns))];
    }

    /// <summary>
    /// The classes of a set: as many as its family has at least, or as was said. More than those are believed where every one of them has a training image:
    /// a single label far out is a mistake.
    /// </summary>
    /// <exception cref="DataException">A label is none of a class.</exception>
    public static IntegerClasses ClassesOf(IdxPart training, IdxPart test, IdxSet known, DataOptions options)
    {
        LabelRange ofTraining = RangeOf(training), ofTest = RangeOf(test);
        if (known.CountsFromOne && ofTraining.Smallest >= 1 && ofTest.Smallest >= 1 && ofTraining.Largest <= known.Classes && options.Classes is null)
            return IntegerClasses.Numbered(1, known.Classes);
        var classes = IntegerClasses.Of(ofTraining, ofTest, options, known.Classes);
        if (classes.Names.Length <= Math.Max(known.Classes, options.Classes ?? 0))
            return classes;
        var counts = new int[classes.Names.Length];
        foreach (int label in training.Labels)
            counts[label - classes.First]++;
        if (Array.IndexOf(counts, 0) < 0)
            return classes;
        int bad = Array.FindIndex(training.Labels, label => label >= known.Classes + classes.First);
        throw new DataException(
            $"{training.LabelsPath} has the label {training.Labels[bad]} at index {bad}: expected 0 to {known.Classes - 1}, as some classes below it have no "
            + $"image; give data with {known.Classes} classes, or say with --classes how many there are.");
    }

    private static bool IsLabels(IReadOnlyList<int> shape) => shape is [_] || (shape is [_, var columns] && LabelColumns.Contains(columns));

    private static LabelRange RangeOf(IdxPart part)
    {
        var range = new LabelRange(part.LabelsPath);
        foreach (int label in part.Labels)
            range.Add(label);
        return range;
    }
}
