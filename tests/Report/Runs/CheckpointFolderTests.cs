using BasinVolume.Interop;
using BasinVolume.Report.Runs;

namespace BasinVolume.Report.Tests.Runs;

/// <summary>What becomes of the work that an unfinished run kept.</summary>
public sealed class CheckpointFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Nobody_loses_work_without_saying_so()
    {
        Unfinished(EarlierRun.Keep);
        TestFiles.AssertExplained<OutputException>(
            () => Begun(EarlierRun.Keep), _folder.Path, "unfinished run that kept its work", "--resume", "take its place with --force");
        Assert.True(Holds());
        using OutputFolder output = Begun(EarlierRun.Overwrite);
        Assert.False(output.Checkpoint.HoldsWork);
    }

    // The command of a run that was begun with --force has --force in it when it is repeated.
    [Theory]
    [InlineData(EarlierRun.Overwrite, "train", true)]
    [InlineData(EarlierRun.Overwrite, "hessian", false)]
    [InlineData(EarlierRun.Keep, "train", false)]
    public void Force_goes_on_with_what_the_same_command_began_with_force(EarlierRun began, string command, bool goesOn)
    {
        Unfinished(began);
        using OutputFolder output = new(_folder.Path, EarlierRun.Overwrite);
        output.Checkpoint.IsOf([new("the command", command)]);
        new RunFolder(output, RunKind.Models).Begin();
        Assert.Equal((goesOn, false), (Holds(), output.Checkpoint.IsResumed));
    }

    [Fact]
    public void There_must_be_something_to_go_on_with()
    {
        TestFiles.AssertExplained<OutputException>(() => Begun(EarlierRun.Resume), _folder.Path, "holds no unfinished run", "leave --resume out");
        _folder.Write("result.json", []);
        TestFiles.AssertExplained<OutputException>(() => Begun(EarlierRun.Resume), "is finished", "leave --resume out");
    }

    [Fact]
    public void All_but_the_work_is_written_anew_and_the_work_goes_when_the_run_is_finished()
    {
        Unfinished(EarlierRun.Keep);
        _folder.Write(".unfinished/hessian-a.npy", [1]);
        _folder.Write($".unfinished/checkpoint/.a.state.{Guid.NewGuid():N}.tmp", [1]);
        using (OutputFolder output = Begun(EarlierRun.Resume))
        {
            Assert.Equal(["checkpoint/a.state", "checkpoint/command"], Manifest.NamesIn(output.Unfinished).Order());
            RunFolder run = new(output, RunKind.Models);
            AtomicFile.Write(run.PathOf("hessian-a.npy"), stream => stream.WriteByte(2));
            run.WriteResult(SmallRecords.Result);
            run.Publish();
            // Whoever is killed here goes on with --resume, though the result is there.
            Assert.True(Holds());
            output.Finish();
        }

        Assert.Equal(["hessian-a.npy", "result.json"], Manifest.NamesIn(_folder.Path).Order());
        Assert.Equal(["hessian-a.npy"], Manifest.Read(_folder.PathOf("result.json"))!.Files.Select(file => file.Name));
    }

    [Fact]
    public void A_finished_run_whose_work_was_not_removed_yet_is_gone_on_with()
    {
        Unfinished(EarlierRun.Keep);
        _folder.Write("result.json", []);
        using OutputFolder output = Begun(EarlierRun.Resume);
        Assert.True(output.IsTaken);
    }

    [Fact]
    public void A_run_that_is_at_work_is_not_taken_for_an_unfinished_one()
    {
        using OutputFolder first = Begun(EarlierRun.Keep);
        new Snapshot(first.Checkpoint, "a.state", []).Write(writer => writer.Write(1));
        TestFiles.AssertExplained<OutputException>(() => Begun(EarlierRun.Keep), _folder.Path, "Another process writes to");
        TestFiles.AssertExplained<OutputException>(() => Begun(EarlierRun.Resume), _folder.Path, "Another process writes to");
        // Its own next run in the same folder is no stranger either.
        Assert.NotNull(new RunFolder(first, RunKind.Landscape));
    }

    [Fact]
    public void A_folder_without_work_asks_for_nothing()
    {
        Directory.CreateDirectory(_folder.PathOf(".unfinished/checkpoint"));
        _folder.Write(".unfinished/checkpoint/command", [1]);
        using OutputFolder output = Begun(EarlierRun.Keep);
        Assert.False(Directory.Exists(_folder.PathOf(".unfinished/checkpoint")));
    }

    [Fact]
    public void It_says_of_what_command_it_is()
    {
        Unfinished(EarlierRun.Keep);
        using OutputFolder output = new(_folder.Path, EarlierRun.Resume);
        Assert.Equal([new("the command", "train")], output.Checkpoint.UnfinishedCommand);
    }

    private bool Holds() => File.Exists(_folder.PathOf(".unfinished/checkpoint/a.state"));

    private void Unfinished(EarlierRun earlier)
    {
        using OutputFolder output = Begun(earlier);
        output.Checkpoint.IsOf([new("the command", "train")]);
        new Snapshot(output.Checkpoint, "a.state", []).Write(writer => writer.Write(1));
    }

    private OutputFolder Begun(EarlierRun earlier)
    {
        OutputFolder output = new(_folder.Path, earlier);
        new RunFolder(output, RunKind.Models).Begin();
        return output;
    }
}
