using BasinVolume.Interop;
using BasinVolume.Mnist.Terminal;
using BasinVolume.Report.Runs;

namespace BasinVolume.Mnist.Tests.Terminal;

/// <summary>A log that cannot be written ends a run once, and never hides what ended it.</summary>
public sealed class RunLogTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_cannot_be_written_is_said_once()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "There is no device here that is always full.");
        using OutputFolder output = new(_folder.Path, EarlierRun.Keep);
        RunFolder folder = new(output, RunKind.Models);
        using RunLog log = new(folder);
        log.Write("before there is a folder");
        folder.Begin();
        File.CreateSymbolicLink(folder.LogFile!, "/dev/full");
        TestFiles.AssertExplained<OutputException>(() => log.Write("line"), folder.LogFile!, "free the space");
        log.Write("nothing more is tried");
        log.WriteEnd("The disk is full.", new IOException());
    }

    [Fact]
    public void The_end_of_a_run_is_told_by_others_where_the_log_cannot_be_written()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "There is no device here that is always full.");
        using OutputFolder output = new(_folder.Path, EarlierRun.Keep);
        RunFolder folder = new(output, RunKind.Models);
        folder.Begin();
        File.CreateSymbolicLink(folder.LogFile!, "/dev/full");
        using RunLog log = new(folder);
        log.WriteEnd(sentence: null, new InvalidOperationException("a fault"));
    }

    [Fact]
    public void Lines_are_on_disk_at_once_from_the_first_on()
    {
        using OutputFolder output = new(_folder.Path, EarlierRun.Keep);
        RunFolder folder = new(output, RunKind.Models);
        using RunLog log = new(folder);
        log.Write("first");
        folder.Begin();
        log.Write("second");
        string[] lines = File.ReadAllLines(folder.LogFile!);
        Assert.Equal(3, lines.Length);
        Assert.EndsWith("  first", lines[1], StringComparison.Ordinal);
        Assert.EndsWith("  second", lines[2], StringComparison.Ordinal);
    }
}
