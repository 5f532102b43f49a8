using System.Collections.Immutable;
using BasinVolume.Interop;
using BasinVolume.Report.Runs;

namespace BasinVolume.Report.Tests.Runs;

/// <summary>A state that is replaced as a whole.</summary>
public sealed class SnapshotTests : IDisposable
{
    private const string Name = "training-a.state";
    private static readonly ImmutableArray<KeyValuePair<string, string>> Work = [new("--samples", "500")];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_last_state_that_was_written_whole_is_read()
    {
        using OutputFolder output = Begun(EarlierRun.Keep);
        var snapshot = new Snapshot(output.Checkpoint, Name, Work);
        Assert.Null(snapshot.Read(reader => reader.ReadString()));
        Assert.Null(Snapshot.WorkOf(output.Checkpoint, Name));
        snapshot.Write(writer => writer.Write("a"));
        Assert.Equal("a", snapshot.Read(reader => reader.ReadString()));
        Assert.Throws<InvalidOperationException>(() => snapshot.Write(writer =>
        {
            writer.Write("b");
            throw new InvalidOperationException();
        }));
        Assert.Equal("a", snapshot.Read(reader => reader.ReadString()));
        snapshot.Write(writer => writer.Write("c"));
        Assert.Equal("c", snapshot.Read(reader => reader.ReadString()));
        Assert.Equal(Work, Snapshot.WorkOf(output.Checkpoint, Name));
    }

    [Fact]
    public void One_that_is_damaged_is_refused()
    {
        using OutputFolder output = Begun(EarlierRun.Keep);
        var snapshot = new Snapshot(output.Checkpoint, Name, Work);
        snapshot.Write(writer => writer.Write("a"));
        string file = _folder.PathOf($".unfinished/checkpoint/{Name}");
        byte[] whole = File.ReadAllBytes(file);
        for (int place = 0; place < whole.Length; place++)
        {
            byte[] changed = [.. whole];
            changed[place] ^= 1;
            File.WriteAllBytes(file, changed);
            TestFiles.AssertExplained<DataException>(() => snapshot.Read(reader => reader.ReadString()), file, "begin anew with --force");
            File.WriteAllBytes(file, whole[..place]);
            Assert.Throws<DataException>(() => snapshot.Read(reader => reader.ReadString()));
        }
    }

    private OutputFolder Begun(EarlierRun earlier)
    {
        OutputFolder output = new(_folder.Path, earlier);
        output.Take(RunKind.Models);
        return output;
    }
}
