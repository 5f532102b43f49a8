using System.Globalization;
using BasinVolume.Interop;
using BasinVolume.Report.Findings;
using ScottPlot;

namespace BasinVolume.Report.Pictures;

/// <summary>The first test images that a model takes for another digit, each with its label, what the model says, and with what probability.</summary>
public static class MistakePicture
{
    private const int PerLine = 8;
    private const int Scale = 3;
    private const int Gap = 12;
    private const int Top = 52;
    private const int CaptionHeight = 34;

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
        MistakenImage first = mistakes.First[0];
        int lines = (mistakes.First.Length + PerLine - 1) / PerLine;
        var size = new PixelSize((PerLine * ((first.Columns * Scale) + Gap)) + Gap, Top + (lines * ((first.Rows * Scale) + CaptionHeight)));
        PictureFile.Write(path, size, theme => Draw(theme, size, name, mistakes));
    }

    private static Plot Draw(Theme theme, PixelSize size, string name, MistakenImages mistakes)
    {
        var canvas = new PixelCanvas(theme, size);
        string title = F($"{name}: the first {mistakes.First.Length} of {mistakes.Total} mistakes on {mistakes.Images} test images, label → answer");
        canvas.Words(title, new(Gap, 16), Alignment.UpperLeft, 15);
        int width = mistakes.First[0].Columns * Scale, height = mistakes.First[0].Rows * Scale;
        for (int m = 0; m < mistakes.First.Length; m++)
        {
            MistakenImage mistake = mistakes.First[m];
            int left = Gap + (m % PerLine * (width + Gap)), top = Top + (m / PerLine * (height + CaptionHeight));
            canvas.Map(Levels(mistake), new(0, byte.MaxValue), theme.Inked, new(left, left + width, top + height, top));
            string sure = mistake.Probability is { } probability ? F($", {100 * probability:f0} %") : string.Empty;
            canvas.Words(F($"{mistake.Label} → {mistake.Answer}{sure}"), new(left + (width / 2), top + height + 4), Alignment.UpperCenter, 13);
        }

        return canvas.Plot;
    }

    private static double[,] Levels(MistakenImage mistake)
    {
        var levels = new double[mistake.Rows, mistake.Columns];
        for (int i = 0; i < mistake.Levels.Length; i++)
            levels[i / mistake.Columns, i % mistake.Columns] = mistake.Levels[i];
        return levels;
    }

    private static string F(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
