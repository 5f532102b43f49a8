using System.Globalization;
using BasinVolume.Mnist.Jobs.TrainJob;
using BasinVolume.Mnist.Training;
using Spectre.Console;

namespace BasinVolume.Mnist.Terminal;

/// <summary>The table at the end of a training.</summary>
public static class TrainReport
{
    private const string NoTest = "no test data";

    /// <summary>Prints it.</summary>
    public static void Print(IAnsiConsole console, TrainResult result)
    {
        ArgumentNullException.ThrowIfNull(console);
        ArgumentNullException.ThrowIfNull(result);
        string parameters = $"{result.Model.Network.ParameterCount} parameters";
        string title = $"{result.Model.Name}: {result.Model.Spelling}, {parameters}, {F($"{result.Training.Seconds:f2}")} s";
        Table table = new Table { Title = new TableTitle(Markup.Escape(title)), Border = TableBorder.Rounded }.AddColumns(
            "epoch", "learning rate", "mean batch loss", "test loss", "test samples");
        int batches = result.Training.StepLosses.Length / Math.Max(1, result.Training.Epochs.Length);
        foreach (EpochResult epoch in result.Training.Epochs)
        {
            double loss = result.Training.StepLosses.AsSpan().Slice((epoch.Epoch - 1) * batches, batches).ToArray().Average();
            table.AddRow(F($"{epoch.Epoch}"), F($"{epoch.LearningRate:g4}"), F($"{loss:g5}"), LossOf(epoch.Test), epoch.Test?.Right ?? NoTest);
        }

        console.Write(table);
    }

    private static string LossOf(SampleResult? test) => test is null ? NoTest : F($"{test.Loss:f4}");

    private static string F(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
