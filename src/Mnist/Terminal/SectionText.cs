using BasinVolume.Kernels;
using BasinVolume.Report.Tables;

namespace BasinVolume.Mnist.Terminal;

/// <summary>What a job has to say in lines of a width: its sections, and its answer below them.</summary>
internal static class SectionText
{
    /// <summary>The lines of a section's title.</summary>
    public static IReadOnlyList<string> Title(Section section, int width) => WrappedText.Wrap(Printable.Text(section.Title), width);

    /// <summary>The lines below it: a note, and the table.</summary>
    public static IEnumerable<string> Lines(Section section, int width)
        => [.. section.Note is { } note ? WrappedText.Wrap(Printable.Text(note), width) : [], .. TableText.Lines(section.Table.WithoutEmptyColumns(), width)];

    /// <summary>The lines of an answer, one each where there is room.</summary>
    public static IEnumerable<string> Lines(IReadOnlyCollection<AnswerLine> answer, int width)
    {
        int names = answer.Select(line => WrappedText.WidthOf(line.Name)).DefaultIfEmpty(0).Max() + 2;
        return answer.SelectMany(line => WrappedText.Hang(
            WrappedText.Pad(Printable.Text(line.Name), names, toTheRight: false), Printable.Text(line.Value), width));
    }
}
