using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using BasinVolume.Kernels;

namespace BasinVolume.Report.Html;

/// <summary>
/// A piece of HTML. Whatever is interpolated into one is encoded unless it is such a piece itself, so that no text of a file can become markup.
/// </summary>
/// <param name="Text">The markup.</param>
public readonly record struct Html(string Text)
{
    /// <summary>Nothing.</summary>
    public static Html None { get; } = new(string.Empty);

    /// <summary>A piece from literal markup and interpolated texts.</summary>
    public static Html Of(Interpolation markup) => new(markup.ToString());

    /// <summary>Collects the parts of an interpolated string.</summary>
    [InterpolatedStringHandler]
    public readonly struct Interpolation
    {
        private readonly StringBuilder _markup;

        /// <summary>An empty one.</summary>
        /// <param name="literalLength">Characters of markup.</param>
        /// <param name="formattedCount">Interpolated texts.</param>
        public Interpolation(int literalLength, int formattedCount) => _markup = new(literalLength + (formattedCount * 16));

        /// <summary>Markup as it stands in the source.</summary>
        public void AppendLiteral(string markup) => _markup.Append(markup);

        /// <summary>A text, printable and encoded.</summary>
        public void AppendFormatted(string? text) => _markup.Append(WebUtility.HtmlEncode(Printable.Lines(text)));

        /// <summary>A whole number.</summary>
        public void AppendFormatted(int number) => _markup.Append(number);

        /// <summary>Markup.</summary>
        public void AppendFormatted(Html html) => _markup.Append(html.Text);

        /// <summary>Pieces of markup, one after the other.</summary>
        public void AppendFormatted(IEnumerable<Html> pieces)
        {
            foreach (Html piece in pieces)
                _markup.Append(piece.Text);
        }

        /// <inheritdoc/>
        public override string ToString() => _markup.ToString();
    }
}
