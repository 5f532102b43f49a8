using System.Globalization;
using System.Text;

namespace BasinVolume.Kernels;

/// <summary>
/// Makes text that a stranger wrote (the names and contents of files) fit for a terminal, a log, a table or a page:
/// what would steer a terminal, hide or turn around what stands beside it is written out as <c>\u001b</c> is, and what is too long is cut with a word on how
/// much is left out. Text that is printable stays as it is, so doing it twice changes nothing.
/// </summary>
public static class Printable
{
    /// <summary>The longest name that is shown whole.</summary>
    public const int LongestName = 200;

    /// <summary>The longest message that is shown whole; a longer one keeps its beginning and its end.</summary>
    public const int LongestMessage = 3000;

    /// <summary>The most names of a list that are shown.</summary>
    public const int MostNames = 10;

    private const int KeptOfEnd = 600;

    /// <summary>Whether a text can be shown as it is.</summary>
    public static bool Is(ReadOnlySpan<char> text)
    {
        if (!text.ContainsAnyExceptInRange(' ', '~'))
            return true;
        while (!text.IsEmpty)
        {
            Rune.DecodeFromUtf16(text, out Rune rune, out int length);
            if (!IsShown(text, rune, length))
                return false;
            text = text[length..];
        }

        return true;
    }

    /// <summary>A text on one line.</summary>
    public static string Text(string? text) => Escaped(text ?? string.Empty, keepLines: false);

    /// <summary>A text that keeps its line breaks and tabulators.</summary>
    public static string Lines(string? text) => Escaped(text ?? string.Empty, keepLines: true);

    /// <summary>A name, or another piece of text inside a sentence: at most <see cref="LongestName"/> characters of it.</summary>
    public static string Name(string? text)
    {
        string shown = Text(text);
        return shown.Length <= LongestName ? shown : $"{Head(shown, LongestName)}… ({Count(shown.Length - LongestName)} more characters)";
    }

    /// <summary>So many of something: 1 thread, 2 threads.</summary>
    /// <param name="count">How many.</param>
    /// <param name="noun">What one is called; several have an s.</param>
    public static string Counted(int count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? string.Empty : "s")}");

    /// <summary>Names, one after the other: at most <see cref="MostNames"/> of them, and how many more there are.</summary>
    public static string List(IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        var shown = new List<string>();
        int count = 0;
        foreach (string name in names)
        {
            if (count++ < MostNames)
                shown.Add(Name(name));
        }

        string list = string.Join(", ", shown);
        return count <= MostNames ? list : $"{list} and {Count(count - MostNames)} more";
    }

    /// <summary>A whole message: one line of at most <see cref="LongestMessage"/> characters.</summary>
    public static string Message(string? text)
    {
        string shown = Text(text);
        if (shown.Length <= LongestMessage)
            return shown;
        string head = Head(shown, LongestMessage - KeptOfEnd), tail = shown[^KeptOfEnd..];
        return $"{head}… ({Count(shown.Length - LongestMessage)} characters left out) …{(char.IsLowSurrogate(tail[0]) ? tail[1..] : tail)}";
    }

    private static string Count(int count) => count.ToString("n0", CultureInfo.InvariantCulture);

    // Not between the two halves of one character.
    private static string Head(string text, int length) => text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];

    private static string Escaped(string text, bool keepLines)
    {
        if (Is(text))
            return text;
        var shown = new StringBuilder(text.Length + 16);
        for (ReadOnlySpan<char> rest = text; !rest.IsEmpty;)
        {
            Rune.DecodeFromUtf16(rest, out Rune rune, out int length);
            if (IsShown(rest, rune, length) || (keepLines && rest[0] is '\n' or '\r' or '\t'))
                shown.Append(rest[..length]);
            else
                shown.Append(EscapeOf(length == 1 ? rest[0] : rune.Value));
            rest = rest[length..];
        }

        return shown.ToString();
    }

    private static string EscapeOf(int code) => code switch
    {
        '\n' => @"\n",
        '\r' => @"\r",
        '\t' => @"\t",
        <= char.MaxValue => FormattableString.Invariant($@"\u{code:x4}"),
        _ => FormattableString.Invariant($@"\U{code:x8}"),
    };

    // Half of a pair decodes to the replacement character, which a text may also have by itself. Formats are what turns the direction of writing, or is not
    // seen at all.
    private static bool IsShown(ReadOnlySpan<char> text, Rune rune, int length)
        => (length > 1 || !char.IsSurrogate(text[0])) && Rune.GetUnicodeCategory(rune)
            is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned);
}
