using System.Collections.Immutable;
using System.Globalization;
using BasinVolume.Data.Formats;
using BasinVolume.Data.Samples;
using BasinVolume.Interop;
using BasinVolume.Kernels;

namespace BasinVolume.Data.Tables;

/// <summary>The classes of a table.</summary>
/// <param name="Names">What they are called.</param>
/// <param name="Places">Of each label of the table the place of its class.</param>
internal sealed record TableLabels(ImmutableArray<string> Names, int[] Places)
{
    /// <summary>
    /// Finds them: labels that all are whole numbers are numbered classes, others are names. Where training samples are known, theirs.
    /// </summary>
    /// <exception cref="DataException">Labels are numbers that are not whole, or no classes of the training samples.</exception>
    /// <exception cref="DataOptionException">The number of classes was said, and they have names or are more.</exception>
    public static TableLabels Of(string path, TableScan scan, string column, DataRequest request)
    {
        long?[] numbers = [.. scan.Labels.Select(NumberOf)];
        if (request.Training is { } training)
            return IsNumbered(training) && Array.TrueForAll(numbers, number => number is not null)
                ? OfNumbers(path, scan, numbers, IntegerClasses.Of(training.Classes, path))
                : OfNames(path, scan, new(training.Classes));
        if (Array.TrueForAll(numbers, number => number is not null))
            return OfNumbers(path, scan, numbers, IntegerClasses.Of(RangeOf(path, scan, numbers), test: null, request.Options));
        if (scan.Labels.All(label => TableCell.TryRead(label, out _)))
        {
            int real = Array.IndexOf(numbers, null);
            throw new DataException(
                $"{path} has the label {Printable.Name(scan.Labels[real])} in column '{Printable.Name(column)}', line {scan.LineOf(real)}: expected "
                + $"whole numbers or names; give real targets with --target {Printable.Name(column)}.");
        }

        return request.Options.Classes is { } said
            ? throw new DataOptionException($"--classes {said} says nothing about {path}, whose classes have names; leave it out.")
            : OfNames(path, scan, new(scan.Labels));
    }

    private static bool IsNumbered(DataLayout training)
        => training.Classes[0] is "0" or "1"
            && training.Classes.SequenceEqual(IntegerClasses.Numbered(training.Classes[0][0] - '0', training.Classes.Length).Names);

    // 5 and 5.0 alike, as pandas writes whole numbers of a column that has gaps.
    private static long? NumberOf(string label)
    {
        if (long.TryParse(label, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole))
            return whole;
        return TableCell.TryRead(label, out double number) && Math.Abs(number) <= int.MaxValue && number == Math.Floor(number) ? (long)number : null;
    }

    private static LabelRange RangeOf(string path, TableScan scan, long?[] numbers)
    {
        var range = new LabelRange(path);
        foreach (int label in scan.LabelOf)
            range.Add(numbers[label]!.Value);
        return range;
    }

    private static TableLabels OfNumbers(string path, TableScan scan, long?[] numbers, IntegerClasses classes)
        => new(classes.Names, [.. numbers.Select((number, label) => classes.PlaceOf(number!.Value, path, scan.SampleOf(label)))]);

    private static TableLabels OfNames(string path, TableScan scan, NamedClasses classes)
        => new(classes.Names, [.. scan.Labels.Select((label, i) => classes.PlaceOf(label, $"{path}, line {scan.LineOf(i)},"))]);
}
