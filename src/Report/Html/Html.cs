using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using BasinVolume.Kernels;

namespace BasinVolume.Report.Html;

/// <summary>
/// A piece of HTML. Whatever is interpolated into one is encoded unless it is such a piece itself, so that no text of a file can become markup.
/// Its texts are kept one by one and put together when they are written: a page has megabytes of pictures, which no level of its markup copies.
/// </summary>
public readonly struct Html
{
    private readonly string[]? _texts;

    private Html(string[] texts) => _texts = texts;

    /// <summary>Nothing.</summary>
    public static Html None => default;

    /// <summary>The markup.</summary>
    public string Text => string.Concat(Texts);

    private ReadOnlySpan<string> Texts => _texts;

    /// <summary>A piece from literal markup and interpolated texts.</summary>
    public static Html Of(Interpolation markup) => new(markup.Texts());

    /// <summary>A piece from markup that the program brings along.</summary>
    /// <param name="markup">It is not encoded.</param>
    internal static Html OfOwn(string markup) => new([markup]);

    /// <summary>Writes the markup.</summary>
    /// <param name="writer">Where to.</param>
    public void WriteTo(TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        foreach (string text in Texts)
            writer.Write(text);
    }

    /// <summary>Collects the parts of an interpolated string.</summary>
    [InterpolatedStringHandler]
    public readonly struct Interpolation
    {
        private readonly List<string> _texts;

        /// <summary>An empty one.</summary>
        /// <param name="literalLength">Characters of markup.</param>
        /// <param name="formattedCount">Interpolated texts.</param>
        public Interpolation(int literalLength, int formattedCount) => _texts = new((2 * formattedCount) + Math.Min(literalLength, 1));

        /// <summary>Markup as it stands in the source.</summary>
        public void AppendLiteral(string markup) => _texts.Add(markup);

        /// <summary>A text, printable and encoded.</summary>
        public void AppendFormatted(string? text) => _texts.Add(WebUtility.HtmlEncode(Printable.Lines(text)));

        /// <summary>A whole number.</summary>
        public void AppendFormatted(int number) => _texts.Add(number.ToString(CultureInfo.InvariantCulture));

        /// <summary>Markup.</summary>
        public void AppendFormatted(Html html) => _texts.AddRange(html.Texts);

        /// <summary>Pieces of markup, one after the other.</summary>
        public void AppendFormatted(IEnumerable<Html> pieces)
        {
            foreach (Html piece in pieces)
                _texts.AddRange(piece.Texts);
        }

        /// <summary>What was collected.</summary>
        internal string[] Texts() => [.. _texts];
    }
}
