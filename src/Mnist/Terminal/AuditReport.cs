using System.Collections.Immutable;
using System.Globalization;
using BasinVolume.Report.Records;
using Spectre.Console;

namespace BasinVolume.Mnist.Terminal;

/// <summary>The audit of the notebook as a table.</summary>
internal static class AuditReport
{
    /// <summary>Prints it.</summary>
    public static void Print(IAnsiConsole console, ImmutableArray<AuditRecord> rows)
    {
        Table table = new Table { Title = new TableTitle("The notebook, line by line"), Border = TableBorder.Rounded, ShowRowSeparators = true }
            .AddColumns("#", "the notebook", "it printed", "its way gives here", "what is right", "difference in nats");
        foreach (AuditRecord row in rows)
        {
            string nats = row.Nats is { } difference ? F($"{difference:+0.######;-0.######;0}") : PrintedByNotebook.NotKnown;
            string[] cells = [F($"{row.Line}"), row.Topic, row.Printed, row.Here, row.Right, nats];
            table.AddRow([.. cells.Select(Markup.Escape)]);
        }

        console.Write(table);
    }

    private static string F(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
