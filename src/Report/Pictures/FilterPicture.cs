using System.Globalization;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Interop;
using ScottPlot;

namespace BasinVolume.Report.Pictures;

/// <summary>The filters that a network's first convolution has learned, with their numbers where there is room for them.</summary>
public static class FilterPicture
{
    private const int Side = 240;
    private const int Gap = 24;
    private const int Top = 56;
    private const int PerLine = 4;
    private const int MostFilters = 16;
    private const int SmallestCell = 44;

    /// <summary>Writes the picture.</summary>
    /// <param name="path">The light one's file, .png.</param>
    /// <param name="name">What the model is called.</param>
    /// <param name="network">Its network; one without a convolution has no filters and leaves no picture.</param>
    /// <param name="weights">Its parameters.</param>
    /// <exception cref="OutputException">The file cannot be written.</exception>
    public static void Write(string path, string name, Network network, double[] weights)
    {
        ArgumentNullException.ThrowIfNull(network);
        if (network.Parameters.FirstOrDefault(parameter => parameter.Shape.Dimensions.Length == 4) is not { } convolution)
            return;
        TensorMaps filters = TensorMaps.Of(network).Single(tensor => tensor.Name == convolution.Name);
        int shown = Math.Min(filters.Count, MostFilters), lines = (shown + PerLine - 1) / PerLine;
        var size = new PixelSize((Math.Min(shown, PerLine) * (Side + Gap)) + Gap, Top + (lines * (Side + Gap)));
        PictureFile.Write(path, size, theme => Draw(theme, size, name, filters, shown, weights));
    }

    private static Plot Draw(Theme theme, PixelSize size, string name, TensorMaps filters, int shown, double[] weights)
    {
        var canvas = new PixelCanvas(theme, size);
        string which = shown < filters.Count ? F($", {shown} of {filters.Count}") : string.Empty;
        canvas.Words($"{name}: {filters.Name}{which}", new(Gap, 18), Alignment.UpperLeft, 16);
        double largest = filters.Part(weights).ToArray().Max(Math.Abs);
        int scale = Math.Max(1, Side / Math.Max(filters.Rows, filters.Columns));
        for (int f = 0; f < shown; f++)
        {
            double[,] values = filters.Values(weights, f);
            int left = Gap + (f % PerLine * (Side + Gap)), top = Top + (f / PerLine * (Side + Gap));
            var place = new PixelRect(left, left + (filters.Columns * scale), top + (filters.Rows * scale), top);
            canvas.Map(values, new(-largest, largest), theme.Signed, place);
            if (scale >= SmallestCell)
                WriteNumbers(canvas, theme, values, largest, place, scale);
        }

        return canvas.Plot;
    }

    private static void WriteNumbers(PixelCanvas canvas, Theme theme, double[,] values, double largest, PixelRect place, int scale)
    {
        for (int i = 0; i < values.GetLength(0); i++)
        {
            for (int j = 0; j < values.GetLength(1); j++)
            {
                var middle = new Pixel(place.Left + ((j + 0.5f) * scale), place.Top + ((i + 0.5f) * scale));
                var words = canvas.Words(F($"{values[i, j]:f3}"), middle, Alignment.MiddleCenter, 14);
                words.LabelFontColor = theme.ReadableOn(theme.Signed.GetColor((1 + (values[i, j] / largest)) / 2));
            }
        }
    }

    private static string F(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
