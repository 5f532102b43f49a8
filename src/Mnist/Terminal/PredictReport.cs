using System.Collections.Immutable;
using System.Globalization;
using BasinVolume.Kernels;
using BasinVolume.Mnist.Jobs.PredictJob;
using Spectre.Console;

namespace BasinVolume.Mnist.Terminal;

/// <summary>The table of predictions: for each picture its class, how sure the model is, and what was done to the picture.</summary>
public static class PredictReport
{
    // Of more classes, or of such with names, the likeliest are shown.
    private const int MostShown = 10, LikeliestShown = 5;

    /// <summary>Prints it.</summary>
    public static void Print(IAnsiConsole console, PredictResult result)
    {
        ArgumentNullException.ThrowIfNull(console);
        ArgumentNullException.ThrowIfNull(result);
        bool areAll = AreAllShown(result.Classes);
        Table table = new Table { Border = TableBorder.Rounded }.AddColumns(
            "picture", result.Classes.IsEmpty ? "real targets" : "class", Markup.Escape(HeadOf(result, areAll)), "done to the picture");
        foreach (Prediction prediction in result.Predictions)
        {
            string steps = prediction.Picture.Steps.IsEmpty ? "nothing" : string.Join("; ", prediction.Picture.Steps);
            table.AddRow(
                Markup.Escape(prediction.File),
                Markup.Escape(prediction.Class is { } label ? Printable.Name(result.Classes[label]) : Printable.List(result.Targets)),
                Markup.Escape(Numbers(prediction, result.Classes, areAll)),
                steps);
        }

        console.Write(table);
    }

    private static string HeadOf(PredictResult result, bool areAll)
    {
        if (result.Classes.IsEmpty)
            return result.Predictions[0].Probabilities is null ? "outputs" : "probabilities";
        return areAll ? $"probabilities of {result.Classes[0]} to {result.Classes[^1]}" : "likeliest classes";
    }

    private static bool AreAllShown(ImmutableArray<string> classes)
        => classes.Length is > 0 and <= MostShown && classes.All(name => name.Length == 1 && char.IsAsciiDigit(name[0]));

    private static string Numbers(Prediction prediction, ImmutableArray<string> classes, bool areAll)
    {
        if (classes.IsEmpty)
            return string.Join(' ', (prediction.Probabilities ?? prediction.Outputs).Select(output => output.ToString("g5", CultureInfo.InvariantCulture)));
        if (prediction.Probabilities is not { } all)
            return "none: the network ends in mean squares";
        return areAll
            ? string.Join(' ', all.Select(p => p.ToString("f3", CultureInfo.InvariantCulture)))
            : string.Join(", ", all.Select((p, i) => (p, i)).OrderByDescending(pair => pair.p).Take(LikeliestShown).Select(
                pair => string.Create(CultureInfo.InvariantCulture, $"{Printable.Name(classes[pair.i])} {pair.p:f3}")));
    }
}
