using System.Globalization;
using System.Text.RegularExpressions;

namespace BasinVolume.Report.Tables;

/// <summary>Numbers as somebody reads them: with few significant digits, but never without digits before the point.</summary>
public static partial class ShortNumber
{
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
    /// The text of a cell in its parts, with its numbers made short, each with what it was where it lost digits. Whole numbers stay as they are, and so does a
    /// cell with words, for what a sentence says of a number may need its digits.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="digits">How many significant digits; numbers beside each other have as many more as tell them apart.</param>
    public static IEnumerable<(string Shown, string? Whole)> In(string text, int digits)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (Remark().Replace(Broken().Replace(text, string.Empty), string.Empty).Any(char.IsLetter))
            return [(text, null)];
        Match[] numbers = [.. Broken().Matches(text).Cast<Match>()];
        int enough = DigitsFor([.. numbers.Select(number => ValueOf(number.Value))], digits);
        var parts = new List<(string, string?)>();
        int place = 0;
        foreach (Match number in numbers)
        {
            parts.Add((text[place..number.Index], null));
            parts.Add(Shown(number.Value, enough));
            place = number.Index + number.Length;
        }

        return [.. parts, (text[place..], null)];
    }

    private static (string Shown, string? Whole) Shown(string number, int digits)
    {
        string brief = Of(ValueOf(number), digits);
        return brief.Length < number.Length ? (brief, number) : (number, null);
    }

    // As few as keep the distance of numbers beside each other: the ends of a narrow interval need more.
    private static int DigitsFor(double[] values, int digits)
    {
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
