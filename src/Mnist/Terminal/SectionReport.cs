using BasinVolume.Report.Tables;
using Spectre.Console;

namespace BasinVolume.Mnist.Terminal;

/// <summary>The sections of a page as tables of a terminal: the same cells in both.</summary>
internal static class SectionReport
{
    /// <summary>Prints them.</summary>
    public static void Print(IAnsiConsole console, IEnumerable<Section> sections)
    {
        foreach (Section section in sections)
        {
            Table table = new Table { Title = new TableTitle(Markup.Escape(section.Title)), Border = TableBorder.Rounded };
            table.AddColumns([.. section.Table.Heads.Select(Markup.Escape)]);
            foreach (var row in section.Table.Rows)
                table.AddRow([.. row.Select(Markup.Escape)]);
            console.Write(table);
            if (section.Note is { } note)
                console.WriteLine(note);
        }
    }
}
