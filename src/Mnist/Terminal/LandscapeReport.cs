using System.Globalization;
using BasinVolume.Basins.Landscapes;
using BasinVolume.Mnist.Jobs.LandscapeJob;
using Spectre.Console;

namespace BasinVolume.Mnist.Terminal;

/// <summary>The table of a landscape: for each direction what the quadratic model says, and what the loss does at the ends.</summary>
internal static class LandscapeReport
{
    /// <summary>Prints it.</summary>
    public static void Print(IAnsiConsole console, LandscapeResult result)
    {
        string title = F($"{result.Source.Model.Name}: loss {result.Source.Model.Loss:g7} at the weights");
        Table table = new Table { Title = new TableTitle(Markup.Escape(title)), Border = TableBorder.Rounded }
            .AddColumns("direction", "slope", "curvature", "from … to", "lowest loss", "true loss at the ends", "quadratic model there");
        foreach (LossLine line in result.Lines)
        {
            string[] cells =
            [
                line.Direction.Name, F($"{line.Direction.Slope:g4}"), F($"{line.Direction.Curvature:g4}"), F($"{line.Places[0]:g4} … {line.Places[^1]:g4}"), F(
                    $"{line.Losses.Min():g6}"),
                F($"{line.Losses[0]:g4}, {line.Losses[^1]:g4}"), F($"{line.Quadratic[0]:g4}, {line.Quadratic[^1]:g4}"),
            ];
            table.AddRow([.. cells.Select(Markup.Escape)]);
        }

        console.Write(table);
    }

    private static string F(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
