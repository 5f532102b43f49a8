using ScottPlot;
using ScottPlot.Colormaps;

namespace BasinVolume.Report.Pictures;

/// <summary>The palette of a picture. Every picture is drawn in both, for pages that are light and for pages that are dark.</summary>
/// <param name="Suffix">What follows the name of the picture's file.</param>
/// <param name="Background">What is behind everything, and the middle of signed scales.</param>
/// <param name="Ink">Words, axes and what is drawn first.</param>
/// <param name="Grid">Lines that help the eye.</param>
/// <param name="Positive">Positive numbers, and the second of two curves.</param>
/// <param name="Negative">Negative numbers, and the first of two curves.</param>
/// <param name="Neutral">Zero, and what stands back.</param>
public sealed record Theme(string Suffix, Color Background, Color Ink, Color Grid, Color Positive, Color Negative, Color Neutral)
{
    /// <summary>For light pages.</summary>
    public static Theme Light { get; } = new(
        string.Empty, new(255, 255, 255), new(31, 35, 40), new(222, 226, 231), new(165, 15, 21), new(8, 48, 107), new(130, 130, 130));

    /// <summary>For dark pages.</summary>
    public static Theme Dark { get; } = new(
        "-dark", new(20, 23, 28), new(230, 232, 235), new(52, 58, 67), new(255, 122, 104), new(110, 172, 255), new(150, 150, 150));

    /// <summary>Both.</summary>
    public static IReadOnlyList<Theme> All { get; } = [Light, Dark];

    /// <summary>From −1 by the background at 0 to 1.</summary>
    public IColormap Signed => new CustomInterpolated([Negative, Background, Positive]);

    /// <summary>From nothing at 0 to ink at 1.</summary>
    public IColormap Inked => new CustomInterpolated([Background, Ink]);

    /// <summary>Ink or background, whichever is further from a colour.</summary>
    public Color ReadableOn(Color colour) => Math.Abs(colour.Luminance - Ink.Luminance) > Math.Abs(colour.Luminance - Background.Luminance) ? Ink : Background;

    /// <summary>A colour that is chosen for light pages, bright enough for the background.</summary>
    public Color Visible(Color colour) => Background.Luminance > Ink.Luminance ? colour : colour.MixedWith(Ink, 0.5);

    /// <summary>Where this palette's version of a picture is.</summary>
    /// <param name="path">Where the light one is.</param>
    public string PathOf(string path)
        => Path.Combine(Path.GetDirectoryName(path) ?? string.Empty, Path.GetFileNameWithoutExtension(path) + Suffix + Path.GetExtension(path));

    /// <summary>An empty plot in this palette.</summary>
    public Plot NewPlot()
    {
        Plot plot = PictureFont.NewPlot();
        plot.Axes.Title.Label.FontSize = 15;
        foreach (IAxis axis in plot.Axes.GetAxes())
        {
            axis.Label.FontSize = 13;
            axis.Label.Bold = false;
        }

        plot.Legend.FontSize = 12;
        plot.FigureBackground.Color = Background;
        plot.DataBackground.Color = Background;
        plot.Axes.Color(Ink);
        plot.Axes.Title.Label.ForeColor = Ink;
        plot.Grid.MajorLineColor = Grid;
        plot.Legend.BackgroundColor = Background;
        plot.Legend.FontColor = Ink;
        plot.Legend.OutlineColor = Grid;
        plot.Legend.ShadowColor = Colors.Transparent;
        return plot;
    }
}
