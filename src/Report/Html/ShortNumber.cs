using System.Globalization;
using System.Text.RegularExpressions;

namespace BasinVolume.Report.Html;

/// <summary>Numbers as somebody reads them: with few significant digits, but never without digits before the point.</summary>
internal static partial class ShortNumber
{
    /// <summary>Significant digits of a number in a table of a page.</summary>
    public const int Digits = 4;

    // From here on a power of ten is easier to read.
    private const double Large = 1e9;

    // How far the distance of two numbers may look from what it is.
    private const double DistanceTolerance = 0.1;

    // More digits than these a double does not have.
    private const int MostDigits = 17;

    /// <summary>A number.</summary>
    /// <param name="value">The number, finite.</param>
    /// <param name="digits">How many significant digits.</param>
    public static string Of(double value, int digits)
        => Math.Abs(value) is var size && size < Large && size >= Math.Pow(10, digits)
            ? value.ToString("f0", CultureInfo.InvariantCulture)
            : value.ToString(string.Create(CultureInfo.InvariantCulture, $"g{digits}"), CultureInfo.InvariantCulture);

    /// <summary>
    /// The text of a cell with its numbers made short, each with what it was where it lost digits. Whole numbers stay as they are, and so does a cell with
    /// words, for what a sentence says of a number may need its digits.
    /// </summary>
    /// <param name="text">The text.</param>
    public static Html In(string text)
    {
        if (Remark().Replace(Broken().Replace(text, string.Empty), string.Empty).Any(char.IsLetter))
            return Html.Of($"{text}");
        Match[] numbers = [.. Broken().Matches(text).Cast<Match>()];
        int digits = DigitsFor([.. numbers.Select(number => ValueOf(number.Value))]);
        var parts = new List<Html>();
        int place = 0;
        foreach (Match number in numbers)
        {
            parts.Add(Html.Of($"{text[place..number.Index]}{Shown(number.Value, digits)}"));
            place = number.Index + number.Length;
        }

        return Html.Of($"{parts}{text[place..]}");
    }

    private static Html Shown(string number, int digits)
    {
        string brief = Of(ValueOf(number), digits);
        return brief.Length < number.Length ? Html.Of($"<data value=\"{number}\" title=\"{number}\">{brief}</data>") : Html.Of($"{number}");
    }

    // As few as keep the distance of numbers beside each other: the ends of a narrow interval need more.
    private static int DigitsFor(double[] values)
    {
        int digits = Digits;
        while (digits < MostDigits && !values.Zip(values.Skip(1)).All(pair => IsKept(pair.First, pair.Second, digits)))
            digits++;
        return digits;
    }

    private static bool IsKept(double one, double other, int digits)
    {
        double distance = other - one, shown = ValueOf(Of(other, digits)) - ValueOf(Of(one, digits));
        return Math.Abs(shown - distance) <= DistanceTolerance * Math.Abs(distance);
    }

    private static double ValueOf(string number) => double.Parse(number, CultureInfo.InvariantCulture);

    // What stands beside numbers without being a sentence.
    [GeneratedRegex(@"^at least |\([^)]*\)")]
    private static partial Regex Remark();

    // With a point or a power of ten, and no part of a name, a version, a date or a path.
    [GeneratedRegex(@"(?<![\w.,/\\:+-])-?\d+(\.\d+(e[+-]?\d+)?|e[+-]?\d+)(?![\w/\\:+-]|\.\w)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Broken();
}
