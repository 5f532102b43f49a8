using System.Globalization;
using BasinVolume.Mnist.Jobs.PredictJob;
using Spectre.Console;

namespace BasinVolume.Mnist.Terminal;

/// <summary>The table of predictions: for each picture its class, how sure the model is, and what was done to the picture.</summary>
public static class PredictReport
{
    /// <summary>Prints it.</summary>
    public static void Print(IAnsiConsole console, PredictResult result)
    {
        ArgumentNullException.ThrowIfNull(console);
        ArgumentNullException.ThrowIfNull(result);
        Table table = new Table { Border = TableBorder.Rounded }.AddColumns("picture", "class", "probabilities of 0 to 9", "done to the picture");
        foreach (Prediction prediction in result.Predictions)
        {
            string probabilities = prediction.Probabilities is { } all
                ? string.Join(' ', all.Select(p => p.ToString("f3", CultureInfo.InvariantCulture)))
                : "none: the network does not end in softmax";
            string steps = prediction.Picture.Steps.IsEmpty ? "nothing" : string.Join("; ", prediction.Picture.Steps);
            table.AddRow(Markup.Escape(prediction.File), prediction.Class.ToString(CultureInfo.InvariantCulture), probabilities, steps);
        }

        console.Write(table);
    }
}
