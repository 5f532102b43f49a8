using System.Collections.Immutable;
using System.Globalization;
using BasinVolume.Interop;
using BasinVolume.Kernels;

namespace BasinVolume.Data.Tables;

/// <summary>The names of a table's columns.</summary>
/// <param name="Names">What they are called; by their numbers from 0 where the file does not say.</param>
/// <param name="IsInFile">Whether they are the file's first row.</param>
internal sealed record TableHeader(ImmutableArray<string> Names, bool IsInFile)
{
    // So many numbers that count on are no row of data.
    private const int LeastCounted = 3;

    /// <summary>Finds them out.</summary>
    /// <param name="file">The table.</param>
    /// <exception cref="DataException">It is empty, or two columns have one name, or one has none.</exception>
    public static TableHeader Of(TableFile file)
    {
        string[]? first = null, second = null;
        try
        {
            file.Read(row =>
            {
                (first, second) = first is null ? (TableCell.Texts(row), null) : (first, TableCell.Texts(row));
                if (second is not null)
                    throw new SeenException();
            });
        }
        catch (SeenException)
        {
            // The rest is read when it is known what it is.
        }

        if (first is null)
            throw new DataException($"{file.Path} has no rows: expected a header or a row of numbers; give a table.");
        if (!IsHeader(first, second))
            return new([.. Enumerable.Range(0, first.Length).Select(number => number.ToString(CultureInfo.InvariantCulture))], IsInFile: false);
        Check(file.Path, first);
        return new([.. first], IsInFile: true);
    }

    // Names are no numbers, unless they count the columns. Of a row that has both, it is a header if a name has a number below it.
    private static bool IsHeader(string[] first, string[]? second)
    {
        string[] numbers = [.. first.Where(IsNumber)];
        if (numbers.Length == 0 || IsCount(numbers))
            return true;
        return second is not null && first.Zip(second).Any(pair => !IsNumber(pair.First) && IsNumber(pair.Second));
    }

    private static bool IsNumber(string text) => TableCell.TryRead(text, out _);

    private static bool IsCount(string[] numbers)
        => numbers.Length >= LeastCounted && int.TryParse(numbers[0], NumberStyles.None, CultureInfo.InvariantCulture, out int start) && start is 0 or 1
            && numbers.Index().All(number => number.Item == (start + number.Index).ToString(CultureInfo.InvariantCulture));

    private static void Check(string path, string[] names)
    {
        if (Array.IndexOf(names, string.Empty) is >= 0 and var place)
            throw new DataException(
                $"{path} has no name for column {place} of its header, counted from 0: expected one for each; name it, "
                + $"or leave out the column if it only counts the rows (pandas: index=False).");
        if (names.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Skip(1).Any()) is { } twice)
            throw new DataException($"{path} has two columns {Printable.Name(twice.Key)}: expected names that differ; rename one of them.");
    }

    // Says that two rows are enough.
    private sealed class SeenException : Exception;
}
