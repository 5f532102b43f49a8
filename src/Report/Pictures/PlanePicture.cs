using System.Globalization;
using BasinVolume.Interop;
using BasinVolume.Basins.Landscapes;
using ScottPlot;
using ScottPlot.Colormaps;

namespace BasinVolume.Report.Pictures;

/// <summary>The loss over the plane of two directions, in colours on a logarithmic scale, with contour lines; a cross marks the weights.</summary>
public static class PlanePicture
{
    private const int Contours = 12;

    private static readonly PixelSize Size = new(720, 620);

    /// <summary>Writes the picture.</summary>
    /// <param name="path">The light one's file, .png.</param>
    /// <param name="name">What the model is called.</param>
    /// <param name="plane">What it shows.</param>
    /// <exception cref="OutputException">The file cannot be written.</exception>
    public static void Write(string path, string name, LossPlane plane)
    {
        ArgumentNullException.ThrowIfNull(plane);
        PictureFile.Write(path, Size, theme => Draw(theme, name, plane));
    }

    private static Plot Draw(Theme theme, string name, LossPlane plane)
    {
        Plot plot = theme.NewPlot();
        // ScottPlot's rows go down, those of a plane go up.
        int rows = plane.Losses.Rows, columns = plane.Losses.Columns;
        var colours = new double[rows, columns];
        var points = new Coordinates3d[rows, columns];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                double height = Height(plane.Losses[i, j]);
                colours[rows - 1 - i, j] = height;
                points[i, j] = new(plane.PlacesAcross[j], plane.PlacesUp[i], height);
            }
        }

        var map = plot.Add.Heatmap(colours);
        map.Colormap = new Viridis();
        map.Smooth = true;
        map.Position = new(plane.PlacesAcross[0], plane.PlacesAcross[^1], plane.PlacesUp[0], plane.PlacesUp[^1]);
        if (colours.Cast<double>().All(double.IsFinite) && colours.Cast<double>().Distinct().Count() > 1)
        {
            var contours = plot.Add.ContourLines(points, Contours);
            contours.LineColor = Colors.White.WithAlpha(0.6);
            contours.LabelStyle.IsVisible = false;
        }

        var weights = plot.Add.Marker(0, 0, MarkerShape.Cross, 14, Colors.White);
        weights.MarkerLineWidth = 2;
        var key = plot.Add.ColorBar(map);
        plot.Axes.Color(key.Axis, theme.Ink);
        key.Axis.TickLabelStyle.FontName = PictureFont.Name;
        plot.Axes.SetLimits(plane.PlacesAcross[0], plane.PlacesAcross[^1], plane.PlacesUp[0], plane.PlacesUp[^1]);
        plot.Title($"{name}: log₁₀ of the loss over the plane of two eigenvectors");
        plot.XLabel(Axis(plane.Across));
        plot.YLabel(Axis(plane.Up));
        return plot;
    }

    // A loss of 0, which has no logarithm, is as low as losses are told apart.
    private static double Height(double loss) => double.IsFinite(loss) ? Math.Log10(Math.Max(loss, 1e-12)) : double.NaN;

    private static string Axis(Direction direction)
        => string.Create(CultureInfo.InvariantCulture, $"distance along {direction.Name} (eigenvalue {direction.Curvature:g4})");
}
