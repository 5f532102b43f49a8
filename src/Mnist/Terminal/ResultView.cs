using BasinVolume.Report.Records;
using BasinVolume.Report.Tables;
using Spectre.Console;

namespace BasinVolume.Mnist.Terminal;

/// <summary>Shows what a command found: its tables, and last its answer.</summary>
internal static class ResultView
{
    /// <summary>Prints the tables of records, and the answer of the last of them with where it is to be read.</summary>
    /// <param name="console">Where.</param>
    /// <param name="records">What was found.</param>
    /// <param name="places">Lines on where results are.</param>
    public static void Print(IAnsiConsole console, IReadOnlyList<IShownRecord> records, params IEnumerable<AnswerLine> places)
    {
        TextWriter writer = console.Profile.Out.Writer;
        int width = console.Profile.Width;
        foreach (Section section in records.SelectMany(record => record.Sections()).Where(section => !section.IsDetail))
        {
            foreach (string line in SectionText.Title(section, width))
                writer.WriteLine(console.Profile.Capabilities.Ansi ? $"\e[1m{line}\e[0m" : line);
            foreach (string line in SectionText.Lines(section, width))
                writer.WriteLine(line);
            writer.WriteLine();
        }

        foreach (string line in SectionText.Lines([.. records[^1].Answer(), .. places], width))
            writer.WriteLine(line);
    }
}
