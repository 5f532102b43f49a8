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

    /// <summary>Numbers as colours, the first row above.</summary>
    /// <param name="values">The numbers.</param>
    /// <param name="range">The numbers at the ends of the colours.</param>
    /// <param name="colours">The colours.</param>
    /// <param name="place">Where.</param>
    public void Map(double[,] values, CoordinateRange range, IColormap colours, PixelRect place)
    {
        Heatmap map = Plot.Add.Heatmap(AtLeastTwo(values));
        map.Colormap = colours;
        map.ManualRange = range.Min == range.Max ? new(range.Min - 1, range.Max + 1) : new(range.Min, range.Max);
        map.Position = MiddlesOfOutermostCells(map, place);
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

    // ScottPlot places a map by the middles of its outermost cells, and finds their size from the distance between them: a single one has none.
    private CoordinateRect MiddlesOfOutermostCells(Heatmap map, PixelRect place)
    {
        double halfWidth = place.Width / 2.0 / map.Intensities.GetLength(1), halfHeight = place.Height / 2.0 / map.Intensities.GetLength(0);
        return new(place.Left + halfWidth, place.Right - halfWidth, _height - place.Bottom + halfHeight, _height - place.Top - halfHeight);
    }

    private static double[,] AtLeastTwo(double[,] values)
    {
        int rows = values.GetLength(0), columns = values.GetLength(1);
        if (rows > 1 && columns > 1)
            return values;
        var doubled = new double[Math.Max(2, rows), Math.Max(2, columns)];
        for (int i = 0; i < doubled.GetLength(0); i++)
        {
            for (int j = 0; j < doubled.GetLength(1); j++)
                doubled[i, j] = values[Math.Min(i, rows - 1), Math.Min(j, columns - 1)];
        }

        return doubled;
    }
}
