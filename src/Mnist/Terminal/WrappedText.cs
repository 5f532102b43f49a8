using System.Globalization;
using System.Text;
using Spectre.Console.Rendering;

namespace BasinVolume.Mnist.Terminal;

/// <summary>Texts in the cells of a terminal: letters of some scripts, and pictographs, take two of them.</summary>
internal static class WrappedText
{
    private const string Ellipsis = "…";

    /// <summary>How many cells a text takes.</summary>
    public static int WidthOf(string text) => new Segment(text).CellCount();

    /// <summary>How many cells its widest word takes.</summary>
    public static int WidestWord(string text) => Words(text).Select(WidthOf).DefaultIfEmpty(0).Max();

    /// <summary>A text in lines of at most so many cells, broken between words; a word that is wider than a line is cut.</summary>
    public static IReadOnlyList<string> Wrap(string text, int width)
    {
        var lines = new List<string>();
        foreach (string paragraph in text.Split('\n'))
            lines.AddRange(WrapParagraph(paragraph, Math.Max(1, width)));
        return lines;
    }

    /// <summary>The same behind a beginning, all further lines under where it ends.</summary>
    /// <param name="beginning">What the first line begins with.</param>
    /// <param name="text">The text.</param>
    /// <param name="width">The width of a line with its beginning.</param>
    public static IEnumerable<string> Hang(string beginning, string text, int width)
    {
        int indent = WidthOf(beginning);
        return Wrap(text, width - indent).Select((line, index) => (index == 0 ? beginning : new string(' ', indent)) + line);
    }

    /// <summary>A text padded with blanks to a width, behind it or before it.</summary>
    public static string Pad(string text, int width, bool toTheRight)
    {
        string blanks = new(' ', Math.Max(0, width - WidthOf(text)));
        return toTheRight ? blanks + text : text + blanks;
    }

    /// <summary>A name that is too wide without its middle: beginnings and ends of names tell them apart.</summary>
    public static string Elide(string name, int width)
    {
        if (WidthOf(name) <= width)
            return name;
        string[] letters = Letters(name);
        int first = letters.Length / 2, last = first;
        while (first > 0 && WidthOf(string.Concat(letters[..first])) + WidthOf(string.Concat(letters[last..])) + 1 > width)
        {
            if (letters.Length - last >= first)
                last++;
            else
                first--;
        }

        return string.Concat(letters[..first]) + Ellipsis + string.Concat(letters[last..]);
    }

    private static IEnumerable<string> WrapParagraph(string paragraph, int width)
    {
        var line = new StringBuilder();
        int used = 0;
        foreach (string word in Words(paragraph).SelectMany(word => Cut(word, width)))
        {
            int cells = WidthOf(word);
            if (used > 0 && used + 1 + cells > width)
            {
                yield return line.ToString();
                line.Clear();
                used = 0;
            }

            if (used > 0)
                line.Append(' ');
            line.Append(word);
            used += cells + (used > 0 ? 1 : 0);
        }

        yield return line.ToString();
    }

    // A number stays with its per cent.
    private static IEnumerable<string> Words(string text)
    {
        string? held = null;
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (held is not null && word.StartsWith('%'))
            {
                held = $"{held} {word}";
                continue;
            }

            if (held is not null)
                yield return held;
            held = word;
        }

        if (held is not null)
            yield return held;
    }

    private static List<string> Cut(string word, int width)
    {
        if (WidthOf(word) <= width)
            return [word];
        var pieces = new List<string>();
        var piece = new StringBuilder();
        foreach (string letter in Letters(word))
        {
            if (piece.Length > 0 && WidthOf(piece.ToString()) + WidthOf(letter) > width)
            {
                pieces.Add(piece.ToString());
                piece.Clear();
            }

            piece.Append(letter);
        }

        pieces.Add(piece.ToString());
        return pieces;
    }

    private static string[] Letters(string text)
    {
        TextElementEnumerator elements = StringInfo.GetTextElementEnumerator(text);
        var letters = new List<string>();
        while (elements.MoveNext())
            letters.Add(elements.GetTextElement());
        return [.. letters];
    }
}
