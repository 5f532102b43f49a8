using ScottPlot;
using SkiaSharp;

namespace BasinVolume.Report.Pictures;

/// <summary>The font of all pictures, which is a part of the program: they look alike on every machine, and have words on those that have no fonts.</summary>
public sealed class PictureFont : IFontResolver
{
    /// <summary>What it is called; without serifs it stays readable when it is small.</summary>
    public const string Name = "DejaVu Sans";

    private const string InSvg = $"font-family=\"{Name}\"";

    private static readonly SKTypeface Typeface = Load();

    static PictureFont() => Fonts.FontResolvers.Insert(0, new PictureFont());

    private PictureFont()
    {
    }

    /// <summary>A plot whose words are in this font.</summary>
    public static Plot NewPlot()
    {
        var plot = new Plot();
        plot.Font.Set(Name);
        return plot;
    }

    /// <summary>An SVG that is readable where this font is not installed.</summary>
    public static string WithSubstitutes(string svg)
        => svg.Replace(InSvg, $"font-family=\"{Name}, Verdana, Segoe UI, Helvetica, Arial, sans-serif\"", StringComparison.Ordinal);

    /// <inheritdoc/>
    public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) => fontName == Name ? Typeface : null;

    /// <inheritdoc/>
    public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) => fontName == Name ? Typeface : null;

    private static SKTypeface Load()
    {
        using Stream stream = typeof(PictureFont).Assembly.GetManifestResourceStream("DejaVuSans.ttf")!;
        return SKTypeface.FromStream(stream);
    }
}
