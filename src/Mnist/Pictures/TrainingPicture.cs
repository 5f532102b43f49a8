using System.Globalization;
using BasinVolume.Interop;
using BasinVolume.Mnist.Training;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace BasinVolume.Mnist.Pictures;

/// <summary>The curves of a training over its epochs: the loss of each batch and of the test images (left), and the share of test images that are answered right (right).</summary>
public static class TrainingPicture
{
    /// <summary>Writes the picture.</summary>
    /// <param name="path">The light one's file, .svg or .png.</param>
    /// <param name="name">What the model is called.</param>
    /// <param name="history">How the training went; one of no epochs has no curves and leaves no picture.</param>
    /// <exception cref="OutputException">The file cannot be written.</exception>
    public static void Write(string path, string name, TrainingHistory history)
    {
        ArgumentNullException.ThrowIfNull(history);
        if (!history.Epochs.IsEmpty)
            PictureFile.Write(path, PictureFile.Usual, theme => Draw(theme, name, history));
    }

    private static Plot Draw(Theme theme, string name, TrainingHistory history)
    {
        Plot plot = theme.NewPlot();
        double batches = (double)history.StepLosses.Length / history.Epochs.Length;
        double[] epochs = [.. history.Epochs.Select(epoch => (double)epoch.Epoch)];

        var steps = plot.Add.ScatterLine([.. Enumerable.Range(0, history.StepLosses.Length).Select(step => step / batches)], history.StepLosses.ToArray(), theme.Neutral);
        steps.LegendText = "batch loss";
        var test = plot.Add.Scatter(epochs, history.Epochs.Select(epoch => epoch.Test.Loss).ToArray(), theme.Negative);
        (test.LineWidth, test.MarkerSize, test.LegendText) = (2, 7, "test loss");

        var right = plot.Add.Scatter(epochs, history.Epochs.Select(epoch => 100.0 * epoch.Test.Correct / epoch.Test.Total).ToArray(), theme.Positive);
        (right.LineWidth, right.MarkerSize, right.MarkerShape, right.LegendText) = (2, 7, MarkerShape.FilledSquare, "right answers");
        right.Axes.YAxis = plot.Axes.Right;
        plot.Axes.SetLimitsY(0, 100, plot.Axes.Right);
        plot.Axes.Right.Label.Text = "test images answered right, %";

        double highest = Math.Max(history.StepLosses.Max(), history.Epochs.Max(epoch => epoch.Test.Loss));
        plot.Axes.SetLimits(0, epochs[^1] + 0.2, 0, highest > 0 && double.IsFinite(highest) ? 1.05 * highest : 1);
        plot.Axes.Bottom.TickGenerator = EpochTicks(epochs.Length);
        plot.Title(history.Options.WeightDecay > 0 ? F($"{name}: training, λ = {history.Options.WeightDecay:g3}") : $"{name}: training");
        plot.XLabel("epochs");
        plot.YLabel("loss");
        plot.ShowLegend(Edge.Bottom);
        return plot;
    }

    private static NumericManual EpochTicks(int epochs)
    {
        var ticks = new NumericManual();
        int step = Math.Max(1, epochs / 10);
        for (int epoch = 0; epoch <= epochs; epoch += step)
            ticks.AddMajor(epoch, F($"{epoch}"));
        return ticks;
    }

    private static string F(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
