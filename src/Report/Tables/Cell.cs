using System.Collections.Immutable;
using System.Globalization;

namespace BasinVolume.Report.Tables;

/// <summary>
/// How values stand in a table for people: numbers with all their digits, of which whoever shows the table takes as many as there is room for
/// (<see cref="ShortNumber"/>), and a dash for what is not there.
/// </summary>
public static class Cell
{
    /// <summary>What stands for a value that is not there.</summary>
    public const string Nothing = "–";

    /// <summary>A text.</summary>
    public static string Of(string? text) => text ?? Nothing;

    /// <summary>A number; one that is not finite is not there.</summary>
    public static string Of(double? number)
        => number is { } value && double.IsFinite(value) ? value.ToString("r", CultureInfo.InvariantCulture).ToLowerInvariant() : Nothing;

    /// <summary>A number in brief, with four significant digits: in a sentence, a title or a name.</summary>
    public static string Brief(double? number) => number is { } value && double.IsFinite(value) ? value.ToString("g4", CultureInfo.InvariantCulture) : Nothing;

    /// <summary>A whole number.</summary>
    public static string Of(long? number) => number is { } value ? value.ToString(CultureInfo.InvariantCulture) : Nothing;

    /// <summary>Texts, one after the other.</summary>
    public static string Of(ImmutableArray<string> texts) => string.Join(", ", texts);

    /// <summary>The first and the last of a list.</summary>
    public static string Ends(ImmutableArray<double>? values) => values is { IsDefaultOrEmpty: false } list ? $"{Of(list[0])} … {Of(list[^1])}" : Nothing;

    /// <summary>The ends of an interval.</summary>
    public static string Ends(IReadOnlyList<double?>? ends) => ends is [var low, var high] ? $"{Of(low)} … {Of(high)}" : Nothing;

    /// <summary>Seconds, to hundredths.</summary>
    public static string Seconds(double? seconds) => seconds is { } value ? value.ToString("f2", CultureInfo.InvariantCulture) : Nothing;
}
