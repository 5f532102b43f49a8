using BasinVolume.Interop;
using BasinVolume.Mnist.Models;
using BasinVolume.Report.Html;
using BasinVolume.Report.Runs;

namespace BasinVolume.Report.Tests.Runs;

/// <summary>Whoever reads runs says of an unfinished one that it is, which folder, and what to do.</summary>
public sealed class UnfinishedRunTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    // What every reader of a run comes down to: a result, weights, and the page.
    private static readonly Action<string>[] Readers =
    [
        folder => FinishedRun.Read(folder, RunKind.Models, "a finished run"),
        folder => RequestedModel.Open(new ModelRequest(Model: null, folder, Name: null), layout: null),
        folder => RequestedModel.Open(new ModelRequest(Model: null, Path.Combine(folder, "weights-a"), Name: null), layout: null),
        folder => RunPage.Write(folder),
    ];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(".unfinished/run.log")]
    [InlineData(".unfinished/hessian-a.npy")]
    [InlineData(".unfinished/result.json")]
    [InlineData("run.log")]
    public void One_that_was_killed_is_refused(string file)
    {
        // The rest is what a folder of tensors has.
        Directory.CreateDirectory(_folder.PathOf(".unfinished"));
        Directory.CreateDirectory(_folder.PathOf("weights-a"));
        Assert.All([file, "conv1.weight.npy", "conv1.bias.npy", "fc2.weight.npy", "fc2.bias.npy"], name => _folder.Write(name, [1]));
        Assert.All(Readers, read => TestFiles.AssertExplained<DataException>(
            () => read(_folder.Path), _folder.Path, "holds a run that was not finished", "killed", "run it again"));
    }

    [Fact]
    public void One_that_has_not_even_a_log_is_refused()
    {
        Directory.CreateDirectory(_folder.PathOf(".unfinished"));
        Assert.All(Readers, read => TestFiles.AssertExplained<DataException>(() => read(_folder.Path), _folder.Path, "was not finished"));
    }

    [Fact]
    public void One_that_kept_its_work_is_refused_with_the_way_to_go_on()
    {
        Directory.CreateDirectory(_folder.PathOf(".unfinished/checkpoint"));
        _folder.Write(".unfinished/checkpoint/journal", [1]);
        Assert.All(Readers, read => TestFiles.AssertExplained<DataException>(() => read(_folder.Path), _folder.Path, "was not finished", "--resume"));
    }

    [Fact]
    public void One_that_goes_on_is_refused_with_the_advice_to_wait()
    {
        using OutputFolder output = new(_folder.Path, EarlierRun.Keep);
        new RunFolder(output, RunKind.Models).Begin();
        Assert.All(Readers, read => TestFiles.AssertExplained<DataException>(
            () => read(_folder.Path), _folder.Path, "another process writes it at this moment; wait"));
    }

    [Fact]
    public void One_that_ended_while_it_took_its_place_is_finished_by_report()
    {
        using (OutputFolder output = new(_folder.Path, EarlierRun.Keep))
        {
            RunFolder run = new(output, RunKind.Models);
            run.Begin();
            run.WriteResult(SmallRecords.Result);
            _folder.Write(".unfinished/.decided", []);
        }

        Assert.All(Readers[..3], read => TestFiles.AssertExplained<DataException>(
            () => read(_folder.Path), _folder.Path, $"basin-volume report --run {_folder.Path}"));
        RunPage.Write(_folder.Path);
        Assert.IsType<BasinVolume.Report.Records.ResultRecord>(FinishedRun.Read(_folder.Path, RunKind.Models, "a finished run"));
        Assert.False(Directory.Exists(_folder.PathOf(".unfinished")));
    }

    [Fact]
    public void A_finished_one_is_read_whatever_was_to_take_its_place_and_the_page_tells()
    {
        using (OutputFolder output = new(_folder.Path, EarlierRun.Keep))
        {
            RunFolder run = new(output, RunKind.Models);
            run.Begin();
            run.WriteResult(SmallRecords.Result);
            run.Publish();
        }

        Directory.CreateDirectory(_folder.PathOf(".unfinished"));
        _folder.Write(".unfinished/volume.log", [1]);
        FinishedRun.Read(_folder.Path, RunKind.Models, "a finished run");
        Assert.Contains("a run that was not finished", Assert.Single(RunPage.Write(_folder.Path).LeftOut), StringComparison.Ordinal);
    }

    [Fact]
    public void Tensors_stay_tensors_where_a_job_of_another_kind_was_killed()
    {
        Directory.CreateDirectory(_folder.PathOf(".unfinished"));
        _folder.Write(".unfinished/volume.log", [1]);
        Assert.NotNull(RequestedModel.Open(new ModelRequest(Model: null, _folder.Path, Name: null), layout: null));
    }
}
