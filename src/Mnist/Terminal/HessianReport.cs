using System.Globalization;
using BasinVolume.Mnist.Jobs;
using BasinVolume.Mnist.Jobs.HessianJob;
using BasinVolume.Report.Records;
using Spectre.Console;

namespace BasinVolume.Mnist.Terminal;

/// <summary>The table at the end of the job for given weights.</summary>
public static class HessianReport
{
    /// <summary>Prints it.</summary>
    /// <param name="console">Where.</param>
    /// <param name="result">What was found.</param>
    /// <param name="record">What the document says of it.</param>
    public static void Print(IAnsiConsole console, HessianResult result, ResultRecord record)
    {
        ArgumentNullException.ThrowIfNull(console);
        ArgumentNullException.ThrowIfNull(result);
        string title = $"{result.Model.Name}: {result.Model.Spelling}, {result.Model.Network.ParameterCount} parameters";
        Table table = new Table { Title = new TableTitle(Markup.Escape(title)), Border = TableBorder.Rounded }.AddColumns("", "this run", "what it means");
        IEnumerable<ReportRow> rows =
        [
            CurvatureRows.Inputs(result.Data.Inputs),
            .. Trials(result.Trials),
            .. result.Curvature is { } curvature ? Dense(curvature, result.Options) : CurvatureRows.Of(result.ByProducts!),
        ];
        foreach (ReportRow row in rows)
            table.AddRow(Markup.Escape(row.Name), Markup.Escape(row.Value), Markup.Escape(row.Meaning));
        console.Write(table);
        SectionReport.Print(console, CurvatureTables.Sections(record.Models ?? []));
    }

    private static IEnumerable<ReportRow> Dense(CurvatureResult curvature, JobOptions options)
    {
        string times = string.Create(CultureInfo.InvariantCulture, $"{curvature.HessianSeconds:f2} Hessian\n{curvature.SpectrumSeconds:f2} spectrum");
        return [.. CurvatureRows.Of(curvature, options), new("seconds", times, string.Empty)];
    }

    private static IEnumerable<ReportRow> Trials(NormalizationTrials? trials) => trials?.Advice is { } advice
        ? [new("other inputs", $"--normalize {trials.Better!.Normalization.Spelling}", advice)]
        : [];
}
