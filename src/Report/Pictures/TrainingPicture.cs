using System.Globalization;
using BasinVolume.Interop;
using BasinVolume.Report.Records;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace BasinVolume.Report.Pictures;

/// <summary>
/// The curves of a training over its epochs: the loss of each batch and of the test samples (left), and the share of test samples that are answered right
/// (right).
/// </summary>
public static class TrainingPicture
{
    /// <summary>Writes the picture.</summary>
    /// <param name="path">The light one's file, .svg or .png.</param>
    /// <param name="name">What the model is called.</param>
    /// <param name="training">How the training went; one of no epochs has no curves and leaves no picture.</param>
    /// <exception cref="OutputException">The file cannot be written.</exception>
    public static void Write(string path, string name, TrainingRecord training)
    {
        ArgumentNullException.ThrowIfNull(training);
        if (!training.Epochs.IsEmpty)
            PictureFile.Write(path, PictureFile.Usual, theme => Draw(theme, name, training));
    }

    private static Plot Draw(Theme theme, string name, TrainingRecord training)
    {
        Plot plot = theme.NewPlot();
        double batches = (double)training.StepLosses.Length / training.Epochs.Length;
        double[] epochs = [.. training.Epochs.Select(epoch => (double)epoch.Epoch)];

        var steps = plot.Add.ScatterLine(
            [.. Enumerable.Range(0, training.StepLosses.Length).Select(step => step / batches)], training.StepLosses.ToArray(), theme.Neutral);
        steps.LegendText = "batch loss";
        AddTest(plot, theme, training);
        double highest = Math.Max(training.StepLosses.Max(), training.Epochs.Max(epoch => epoch.TestLoss) ?? 0);
        plot.Axes.SetLimits(0, epochs[^1] + 0.2, 0, highest > 0 && double.IsFinite(highest) ? 1.05 * highest : 1);
        plot.Axes.Bottom.TickGenerator = EpochTicks(epochs.Length);
        plot.Title(training.WeightDecay > 0 ? F($"{name}: training, λ = {training.WeightDecay:g3}") : $"{name}: training");
        plot.XLabel("epochs");
        plot.YLabel("loss");
        plot.ShowLegend(Edge.Bottom);
        return plot;
    }

    // Of each epoch that has it: there may be no test data, and no classes to be right about.
    private static void AddTest(Plot plot, Theme theme, TrainingRecord training)
    {
        EpochRecord[] tested = [.. training.Epochs.Where(epoch => epoch.TestLoss is not null)];
        if (tested.Length == 0)
            return;
        var test = plot.Add.Scatter(
            tested.Select(epoch => (double)epoch.Epoch).ToArray(), tested.Select(epoch => epoch.TestLoss!.Value).ToArray(), theme.Negative);
        (test.LineWidth, test.MarkerSize, test.LegendText) = (2, 7, "test loss");
        EpochRecord[] answered = [.. tested.Where(epoch => epoch.TestCorrect is not null)];
        if (answered.Length == 0)
            return;
        var right = plot.Add.Scatter(
            answered.Select(epoch => (double)epoch.Epoch).ToArray(),
            answered.Select(epoch => 100.0 * epoch.TestCorrect!.Value / epoch.TestTotal!.Value).ToArray(),
            theme.Positive);
        (right.LineWidth, right.MarkerSize, right.MarkerShape, right.LegendText) = (2, 7, MarkerShape.FilledSquare, "right answers");
        right.Axes.YAxis = plot.Axes.Right;
        plot.Axes.SetLimitsY(0, 100, plot.Axes.Right);
        plot.Axes.Right.Label.Text = "test samples answered right, %";
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
