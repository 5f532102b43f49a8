using System.Globalization;
using BasinVolume.Mnist.Jobs;
using BasinVolume.Mnist.Jobs.HessianJob;
using Spectre.Console;

namespace BasinVolume.Mnist.Terminal;

/// <summary>The table at the end of the job for given weights.</summary>
public static class HessianReport
{
    /// <summary>Prints it.</summary>
    public static void Print(IAnsiConsole console, HessianResult result)
    {
        ArgumentNullException.ThrowIfNull(console);
        ArgumentNullException.ThrowIfNull(result);
        string title = $"{result.Model.Name}: {result.Model.Spelling}, {result.Model.Network.ParameterCount} parameters";
        Table table = new Table { Title = new TableTitle(Markup.Escape(title)), Border = TableBorder.Rounded }.AddColumns("", "this run", "what it means");
        string times = string.Create(
            CultureInfo.InvariantCulture, $"{result.Curvature.HessianSeconds:f2} Hessian\n{result.Curvature.SpectrumSeconds:f2} spectrum");
        IEnumerable<ReportRow> rows =
        [
            CurvatureRows.Inputs(result.Data.Inputs),
            .. Trials(result.Trials),
            .. CurvatureRows.Of(result.Curvature, result.Options),
            new("seconds", times, string.Empty),
        ];
        foreach (ReportRow row in rows)
            table.AddRow(Markup.Escape(row.Name), Markup.Escape(row.Value), Markup.Escape(row.Meaning));
        console.Write(table);
    }

    private static IEnumerable<ReportRow> Trials(NormalizationTrials? trials) => trials?.Advice is { } advice
        ? [new("other inputs", $"--normalize {trials.Better!.Normalization.Spelling}", advice)]
        : [];
}
