using ScottPlot;
using ScottPlot.Plottables;

namespace BasinVolume.Report.Pictures;

/// <summary>A picture without axes: maps, words and lines at places in pixels from the upper left corner.</summary>
public sealed class PixelCanvas
{
    private readonly Theme _theme;
    private readonly double _height;

    /// <summary>An empty one.</summary>
    public PixelCanvas(Theme theme, PixelSize size)
    {
        (_theme, _height) = (theme, size.Height);
        Plot = theme.NewPlot();
        Plot.HideAxesAndGrid();
        Plot.Axes.Frameless();
        Plot.Axes.SetLimits(0, size.Width, 0, size.Height);
    }

    /// <summary>What was drawn.</summary>
    public Plot Plot { get; }

    /// <summary>Numbers as colours, the first row above; the background where there is no number.</summary>
    /// <param name="values">The numbers.</param>
    /// <param name="range">The numbers at the ends of the colours.</param>
    /// <param name="colours">The colours.</param>
    /// <param name="place">Where.</param>
    public void Map(double[,] values, CoordinateRange range, IColormap colours, PixelRect place)
    {
        Colours(ColoursOf(values, range, colours, _theme.Background), place);
        LinePlot[] frame =
        [
            Line(place.TopLeft, place.TopRight),
            Line(place.BottomLeft, place.BottomRight),
            Line(place.TopLeft, place.BottomLeft),
            Line(place.TopRight, place.BottomRight),
        ];
        foreach (LinePlot side in frame)
            side.LineColor = _theme.Neutral;
    }

    /// <summary>An image in colour, the first row above.</summary>
    /// <param name="levels">[rows, columns, red green blue], 0 to 255.</param>
    /// <param name="place">Where.</param>
    public void Colours(byte[,,] levels, PixelRect place)
    {
        ImageRect image = Plot.Add.ImageRect(new Image(levels), new(place.Left, place.Right, _height - place.Bottom, _height - place.Top));
        image.AntiAlias = false;
    }

    /// <summary>A line.</summary>
    public LinePlot Line(Pixel from, Pixel to)
    {
        LinePlot line = Plot.Add.Line(from.X, _height - from.Y, to.X, _height - to.Y);
        line.LineColor = _theme.Ink;
        line.LineWidth = 1;
        line.MarkerSize = 0;
        return line;
    }

    /// <summary>Words.</summary>
    /// <param name="words">What they say.</param>
    /// <param name="place">Where.</param>
    /// <param name="alignment">What of them is there.</param>
    /// <param name="size">Of the font, in pixels.</param>
    public Text Words(string words, Pixel place, Alignment alignment, float size)
    {
        Text text = Plot.Add.Text(words, place.X, _height - place.Y);
        text.LabelFontName = PictureFont.Name;
        text.LabelFontSize = size;
        text.LabelFontColor = _theme.Ink;
        text.LabelAlignment = alignment;
        return text;
    }

    // Once for all: ScottPlot's own map looks up its colours anew with each property that is set.
    private static byte[,,] ColoursOf(double[,] values, CoordinateRange range, IColormap colours, Color none)
    {
        double width = range.Max - range.Min;
        var levels = new byte[values.GetLength(0), values.GetLength(1), 3];
        for (int i = 0; i < values.GetLength(0); i++)
        {
            for (int j = 0; j < values.GetLength(1); j++)
            {
                double share = width == 0 ? 0.5 : Math.Clamp((values[i, j] - range.Min) / width, 0, 1);
                Color colour = double.IsNaN(share) ? none : colours.GetColor(share);
                (levels[i, j, 0], levels[i, j, 1], levels[i, j, 2]) = (colour.R, colour.G, colour.B);
            }
        }

        return levels;
    }
}
