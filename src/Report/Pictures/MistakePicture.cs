using System.Globalization;
using BasinVolume.Interop;
using BasinVolume.Kernels;
using BasinVolume.Report.Findings;
using ScottPlot;

namespace BasinVolume.Report.Pictures;

/// <summary>The first test images that a model takes for another class, each with its label, what the model says, and with what probability.</summary>
public static class MistakePicture
{
    private const int PerLine = 8;
    private const int Gap = 12;
    private const int Top = 52;
    private const int CaptionHeight = 34;

    // Pixels are drawn as squares, as many times as large as makes an image as wide as the first; an image wider than the second is drawn smaller than it is.
    private const int UsualWidth = 84, MostWidth = 168;

    private const int LetterWidth = 7, MostLetters = 16;

    /// <summary>Writes the picture.</summary>
    /// <param name="path">The light one's file, .png.</param>
    /// <param name="name">What the model is called.</param>
    /// <param name="mistakes">The model's mistakes on the test images; without any there is no picture.</param>
    /// <exception cref="OutputException">The file cannot be written.</exception>
    public static void Write(string path, string name, MistakenImages mistakes)
    {
        ArgumentNullException.ThrowIfNull(mistakes);
        if (mistakes.First.IsEmpty)
            return;
        int lines = (mistakes.First.Length + PerLine - 1) / PerLine;
        PixelSize image = SizeOf(mistakes.First[0]);
        int cell = (int)Math.Max(image.Width, LetterWidth * mistakes.First.Max(mistake => Caption(mistake).Length));
        var size = new PixelSize((PerLine * (cell + Gap)) + Gap, Top + (lines * (image.Height + CaptionHeight)));
        PictureFile.Write(path, size, theme => Draw(theme, size, image, cell, name, mistakes));
    }

    private static PixelSize SizeOf(MistakenImage image)
    {
        double scale = image.Columns > MostWidth ? (double)MostWidth / image.Columns : Math.Max(1, UsualWidth / image.Columns);
        scale = Math.Min(scale, 2.0 * MostWidth / image.Rows);
        return new(Math.Max(1, (int)(image.Columns * scale)), Math.Max(1, (int)(image.Rows * scale)));
    }

    private static Plot Draw(Theme theme, PixelSize size, PixelSize image, int cell, string name, MistakenImages mistakes)
    {
        var canvas = new PixelCanvas(theme, size);
        string title = F($"{name}: the first {mistakes.First.Length} of {mistakes.Total} mistakes on {mistakes.Images} test images, label → answer");
        canvas.Words(title, new(Gap, 16), Alignment.UpperLeft, 15);
        for (int m = 0; m < mistakes.First.Length; m++)
        {
            MistakenImage mistake = mistakes.First[m];
            float left = Gap + (m % PerLine * (cell + Gap)) + ((int)(cell - image.Width) / 2), top = Top + (m / PerLine * (image.Height + CaptionHeight));
            var place = new PixelRect(left, left + image.Width, top + image.Height, top);
            if (mistake.HasColours)
                canvas.Colours(Colours(mistake), place);
            else
                canvas.Map(Levels(mistake), new(0, byte.MaxValue), theme.Inked, place);
            canvas.Words(Caption(mistake), new(left + ((int)image.Width / 2), top + image.Height + 4), Alignment.UpperCenter, 13);
        }

        return canvas.Plot;
    }

    private static string Caption(MistakenImage mistake)
    {
        string sure = mistake.Probability is { } probability ? F($", {100 * probability:f0} %") : string.Empty;
        return F($"{Short(mistake.Label)} → {Short(mistake.Answer)}{sure}");
    }

    private static string Short(string name)
    {
        string shown = Printable.Text(name);
        return shown.Length <= MostLetters ? shown : $"{shown[..(MostLetters - 1)]}…";
    }

    private static double[,] Levels(MistakenImage mistake)
    {
        var levels = new double[mistake.Rows, mistake.Columns];
        for (int i = 0; i < mistake.Levels.Length; i++)
            levels[i / mistake.Columns, i % mistake.Columns] = mistake.Levels[i];
        return levels;
    }

    // Red, green and blue of each pixel, which come one after the other.
    private static byte[,,] Colours(MistakenImage mistake)
    {
        int pixels = mistake.Rows * mistake.Columns;
        var colours = new byte[mistake.Rows, mistake.Columns, 3];
        for (int i = 0; i < mistake.Levels.Length; i++)
            colours[i % pixels / mistake.Columns, i % mistake.Columns, i / pixels] = mistake.Levels[i];
        return colours;
    }

    private static string F(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
