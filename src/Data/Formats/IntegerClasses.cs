using System.Collections.Immutable;
using System.Globalization;
using BasinVolume.Interop;
using BasinVolume.Kernels;

namespace BasinVolume.Data.Formats;

/// <summary>
/// Classes that are numbered in the files: from 0, or from 1 where no sample has 0 and one has 1. They are called by their numbers, and there are as many as
/// the largest label of the training samples says, or as was said.
/// </summary>
/// <param name="Names">Their numbers as texts.</param>
/// <param name="First">The number of the first one, 0 or 1.</param>
public sealed record IntegerClasses(ImmutableArray<string> Names, int First)
{
    /// <summary>More are a mistake: of labels that are no classes, or of a damaged file.</summary>
    public const int Most = 1 << 16;

    // So many are believed of however few samples.
    private const int FewClasses = 10;

    /// <summary>Finds them.</summary>
    /// <param name="training">The labels of the training samples.</param>
    /// <param name="test">The labels of the test samples; null for none.</param>
    /// <param name="options">What was said: the number of classes.</param>
    /// <param name="atLeast">The number of classes that such data has at least; 0 where nothing is known.</param>
    /// <exception cref="DataException">A label is below 0, or there would be more than <see cref="Most"/> classes.</exception>
    /// <exception cref="DataOptionException">There are more classes than was said.</exception>
    public static IntegerClasses Of(LabelRange training, LabelRange? test, DataOptions options, int atLeast = 0)
    {
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(options);
        int said = Math.Max(atLeast, options.Classes ?? 0);
        // Labels 1 … K of K classes; with room for a class 0 they count from there.
        int first = Math.Min(training.Smallest, test?.Smallest ?? long.MaxValue) == 1 && training.Largest >= said ? 1 : 0;
        if (training.Smallest < 0)
            throw training.Refusal(training.Smallest, "expected 0 or more; number the classes from 0");
        if (training.Largest - first >= Most)
            throw training.Refusal(training.Largest, $"expected at most {Most} classes; give labels that are classes, or real targets as float64");
        if (training.Largest - first >= Math.Max(said, Math.Max(FewClasses, training.Count)))
            throw training.Refusal(
                training.Largest, $"expected less than the number of samples, {training.Count}; say with --classes how many classes there are");
        int count = (int)Math.Max(said, training.Largest - first + 1);
        if (options.Classes < count)
            throw new DataOptionException(
                $"--classes {options.Classes} is too few for {training.Source}, which shows {count} classes; give at least {count}, or leave it out.");
        return Numbered(first, count);
    }

    /// <summary>So many classes from a number on.</summary>
    public static IntegerClasses Numbered(int first, int count)
        => new([.. Enumerable.Range(first, count).Select(number => number.ToString(CultureInfo.InvariantCulture))], first);

    /// <summary>Those of a set whose training samples are known already: their names are numbers.</summary>
    /// <exception cref="DataException">They are not.</exception>
    public static IntegerClasses Of(ImmutableArray<string> names, string source)
        => int.TryParse(names[0], NumberStyles.None, CultureInfo.InvariantCulture, out int first) && first is 0 or 1
            ? new(names, first)
            : throw new DataException(
                $"{source} has labels that are numbers, but the classes of the training samples are called {Printable.List(names)}; "
                + $"give labels of the same kind.");

    /// <summary>The place of a label among the classes.</summary>
    /// <param name="label">The label as it is in the file.</param>
    /// <param name="source">The file, for errors.</param>
    /// <param name="index">Which sample's, for errors.</param>
    /// <exception cref="DataException">There is no such class.</exception>
    public int PlaceOf(long label, string source, long index) => label >= First && label - First < Names.Length
        ? (int)(label - First)
        : throw new DataException(
            $"{source} has the label {label} at index {index}: expected {First} to {First + Names.Length - 1}; give data with {Names.Length} classes, "
            + $"or say with --classes how many there are.");
}
