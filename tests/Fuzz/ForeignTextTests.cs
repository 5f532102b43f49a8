using BasinVolume.Interop;
using BasinVolume.Mnist.Terminal;
using BasinVolume.Report.Html;
using BasinVolume.Report.Runs;

namespace BasinVolume.Fuzz.Tests;

/// <summary>Text that a stranger wrote, in every place where it is shown.</summary>
public sealed class ForeignTextTests : IDisposable
{
    private const string Foreign = "\u001b]0;owned\a\u202e<b>";
    private const string Shown = @"\u001b]0;owned\u0007\u202e<b>";

    private readonly string _folder = Directory.CreateTempSubdirectory("basin-volume-fuzz").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_page_has_it_printable_and_encoded()
        => Assert.Equal(@"<td>\u001b]0;owned\u0007\u202e&lt;b&gt;</td>", Html.Of($"<td>{Foreign}</td>").Text);

    [Fact]
    public void A_table_has_it_printable_and_without_formulas()
    {
        string path = Path.Combine(_folder, "a.csv");
        CsvFile.Write(path, ["name", "value"], [[Foreign, -1.5], ["=1+1", 1], ["+a", null], ["-a", -0.5], ["@a", 2], ["a,\"b\"\n", 3], ["\t=1", 4]]);
        Assert.Equal(
            ["name,value", $"{Shown},-1.5", "'=1+1,1", "'+a,", "'-a,-0.5", "'@a,2", "\"a,\"\"b\"\"\\n\",3", @"\t=1,4", string.Empty],
            File.ReadAllText(path).Split('\n'));
    }

    [Fact]
    public void A_log_has_it_printable_and_a_line_for_each_message()
    {
        using var output = new OutputFolder(_folder, EarlierRun.Keep);
        var folder = new RunFolder(output, RunKind.Models);
        folder.Begin();
        using (var log = new RunLog(folder))
        {
            log.Write($"{Foreign}\n    0.000  all is well");
            log.WriteEnd(sentence: null, new InvalidOperationException(Foreign));
        }

        string[] lines = File.ReadAllLines(folder.LogFile!);
        Assert.Equal(3, lines.Length);
        Assert.EndsWith($@"{Shown}\n    0.000  all is well", lines[1], StringComparison.Ordinal);
        Assert.EndsWith($"System.InvalidOperationException: {Shown}", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public void A_terminal_gets_it_printable()
    {
        using var written = new StringWriter();
        new RunView(Terminals.Meanwhile(written)).Say(Foreign);
        Assert.Contains(Shown, written.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', written.ToString());
    }
}
