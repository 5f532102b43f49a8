using System.Globalization;
using BasinVolume.Mnist.Jobs;
using BasinVolume.Mnist.Notebook;
using BasinVolume.Report.Records;
using Spectre.Console;

namespace BasinVolume.Mnist.Terminal;

/// <summary>
/// The tables at the end of the main job: for each model every number that the notebook printed, the number that this run found, and what it means;
/// then the notebook line by line.
/// </summary>
public static class NotebookReport
{
    /// <summary>Prints one table a model.</summary>
    /// <param name="console">Where.</param>
    /// <param name="result">What was found.</param>
    /// <param name="record">What the document says of it.</param>
    public static void Print(IAnsiConsole console, NotebookResult result, ResultRecord record)
    {
        ArgumentNullException.ThrowIfNull(console);
        ArgumentNullException.ThrowIfNull(result);
        foreach (ModelResult model in result.Models)
            console.Write(TableOf(model, result));
        SectionReport.Print(console, CurvatureTables.Sections(record.Models ?? []));
        AuditReport.Print(console, result.Audit);
    }

    private static Table TableOf(ModelResult model, NotebookResult result)
    {
        PrintedByNotebook printed = PrintedByNotebook.For(model.Model.Name);
        string title = $"{model.Model.Name}: {model.Network.ParameterCount} parameters";
        Table table = new Table { Title = new TableTitle(Markup.Escape(title)), Border = TableBorder.Rounded }
            .AddColumns("", "this run", "the notebook", "what it means");
        IEnumerable<ReportRow> rows =
            [CurvatureRows.Inputs(result.Data.Inputs), .. Training(model), .. Curvature(model, result.Options)];
        foreach (ReportRow row in rows)
        {
            string[] cells = [row.Name, row.Value, PrintedOf(printed, row.Name), row.Meaning];
            table.AddRow([.. cells.Select(Markup.Escape)]);
        }

        return table;
    }

    private static IEnumerable<ReportRow> Training(ModelResult model)
    {
        string schedule = model.Training.Options.Gamma == 1
            ? "learning rate constant: the notebook's scheduler drives the other model's optimizer"
            : F($"learning rate times {model.Training.Options.Gamma} after each epoch");
        string test = model.Training.Epochs is [.., var last]
            ? last.Test is { } found ? F($"{found.Right}, loss {found.Loss:f4}") : "no test data"
            : "not trained";
        yield return new("epochs", F($"{model.Training.Epochs.Length}"), schedule);
        yield return new("test images", test, "after the last epoch");
    }

    private static IEnumerable<ReportRow> Curvature(ModelResult model, JobOptions options)
        => model.Dense is { } curvature ? [.. CurvatureRows.Of(curvature, options), Seconds(model)] : CurvatureRows.Of(model.ByProducts!);

    private static ReportRow Seconds(ModelResult model)
    {
        CurvatureResult curvature = model.Curvature;
        string times = F($"{model.Training.Seconds:f2} training\n{curvature.HessianSeconds:f2} Hessian\n{curvature.SpectrumSeconds:f2} spectrum");
        return new("seconds", times, string.Empty);
    }

    private static string PrintedOf(PrintedByNotebook printed, string row) => row switch
    {
        "epochs" => printed.Epochs,
        "test images" => printed.Accuracy,
        "average train loss" => printed.Loss,
        "eigenvalues" => "no negative ones",
        "denominator" => printed.LogDenominator,
        "log volume" => printed.LogVolume,
        "seconds" => printed.HessianSeconds,
        _ => PrintedByNotebook.NotKnown,
    };

    private static string F(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
