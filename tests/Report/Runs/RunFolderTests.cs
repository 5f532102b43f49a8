using BasinVolume.Autodiff.Networks;
using BasinVolume.Interop;
using BasinVolume.Report.Records;
using BasinVolume.Report.Runs;

namespace BasinVolume.Report.Tests.Runs;

/// <summary>What a run's folder takes, who may write to it, and what becomes of an earlier run.</summary>
public sealed class RunFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_finished_run_of_the_same_kind_is_kept()
    {
        _folder.Write("result.json", []);
        TestFiles.AssertExplained<OutputException>(() => Run(EarlierRun.Keep), _folder.Path, "holds a run already", "--force");
        Assert.Equal(["result.json"], Files());
    }

    [Fact]
    public void A_run_that_another_one_finished_before_is_refused_and_has_no_log()
    {
        using OutputFolder output = new(_folder.Path, EarlierRun.Keep);
        RunFolder run = new(output, RunKind.Models);
        _folder.Write("result.json", []);
        TestFiles.AssertExplained<OutputException>(run.Begin, "holds a run already");
        Assert.Equal((false, null), (output.IsTaken, run.LogFile));
        Assert.Equal(["result.json"], Files());
    }

    [Fact]
    public void What_a_killed_run_left_asks_for_nothing_and_is_removed()
    {
        string temporary = $".hessian-a.npy.{Guid.NewGuid():N}.tmp";
        Directory.CreateDirectory(_folder.PathOf(".unfinished/weights-a"));
        Assert.All([".unfinished/run.log", ".unfinished/weights-a/w.npy", ".lock", temporary, ".mine.tmp", "notes.txt"], name => _folder.Write(name, [1]));
        using OutputFolder output = new(_folder.Path, EarlierRun.Keep);
        RunFolder run = new(output, RunKind.Models);
        run.Begin();
        Assert.Equal([".lock", ".mine.tmp", "notes.txt"], Files());
        run.WriteResult(SmallRecords.Result);
        run.Publish();
        output.Dispose();
        Assert.Equal([".mine.tmp", "notes.txt", "result.json"], Files());
    }

    [Fact]
    public void An_earlier_run_is_whole_until_the_new_one_takes_its_place_and_only_what_it_wrote_is_removed()
    {
        Finish(EarlierRun.Keep, RunKind.Models, "report.html", "run.log", "hessian-old.npy", "weights-old/w.npy", "changed.csv");
        Finish(EarlierRun.Keep, RunKind.Spectrum, "spectrum.png", "spectrum.log");
        _folder.Write("changed.csv", [7]);
        _folder.Write("mine.svg", [7]);
        string[] before = Files();
        using (OutputFolder output = new(_folder.Path, EarlierRun.Overwrite))
        {
            RunFolder run = new(output, RunKind.Models);
            run.Begin();
            Write(run, "hessian-new.npy");
            Assert.Equal(before, Files().Where(name => name != ".lock" && !name.StartsWith(".unfinished", StringComparison.Ordinal)));
        }

        // That one ended here. The next one is finished.
        Finish(EarlierRun.Overwrite, RunKind.Models, "run.log", "hessian-new.npy");
        Assert.Equal(["changed.csv", "hessian-new.npy", "mine.svg", "result.json", "run.log", "spectrum.json", "spectrum.log", "spectrum.png"], Files());
        Assert.False(Directory.Exists(_folder.PathOf("weights-old")));
        Assert.Equal(["hessian-new.npy"], Manifest.Read(_folder.PathOf("result.json"))!.Files.Select(file => file.Name));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    public void Killed_at_any_step_of_taking_its_place_it_is_finished_by_the_next_process(int steps)
    {
        Finish(EarlierRun.Keep, RunKind.Models, "report.html", "hessian-old.npy", "indices.npy");
        string[] files = ["hessian-new.npy", "indices.npy", "weights-new/w.npy"];
        using (OutputFolder output = new(_folder.Path, EarlierRun.Overwrite))
        {
            RunFolder run = new(output, RunKind.Models);
            run.Begin();
            Assert.All(files, file => Write(run, file));
            run.WriteResult(SmallRecords.Result);
            Write(run, "report.html");
            Action[] all =
            [
                () => _folder.Write(".unfinished/.decided", []),
                () => File.Delete(_folder.PathOf("report.html")),
                () => File.Move(_folder.PathOf("result.json"), _folder.PathOf(".unfinished/.replaced.json")),
                () => File.Delete(_folder.PathOf("hessian-old.npy")),
                () => File.Delete(_folder.PathOf("indices.npy")),
                () => File.Delete(_folder.PathOf(".unfinished/.replaced.json")),
                () => File.Move(_folder.PathOf(".unfinished/indices.npy"), _folder.PathOf("indices.npy")),
                () => File.Move(_folder.PathOf(".unfinished/hessian-new.npy"), _folder.PathOf("hessian-new.npy")),
            ];
            Assert.All(all[..(steps + 1)], step => step());
        }

        // A run of another kind is the next into this folder; it has no page, and the old one goes with it.
        Finish(EarlierRun.Keep, RunKind.Spectrum, "eigenvalues.npy");
        Assert.Equal(["eigenvalues.npy", .. files[..2], "result.json", "spectrum.json", files[2]], Files());
        WrittenFile[] written = [.. Manifest.Read(_folder.PathOf("result.json"))!.Files];
        Assert.Equal(files, written.Select(file => file.Name));
        Assert.All(written, file => Assert.True(Manifest.IsUnchanged(_folder.Path, file)));
    }

    [Fact]
    public void Killed_when_only_the_page_is_left_to_come_it_loses_no_file_that_is_as_an_old_one_was()
    {
        Finish(EarlierRun.Keep, RunKind.Models, "indices.npy");
        Directory.CreateDirectory(_folder.PathOf(".unfinished"));
        Assert.All([".decided", "report.html"], name => _folder.Write($".unfinished/{name}", []));
        Finish(EarlierRun.Keep, RunKind.Spectrum, "eigenvalues.npy");
        Assert.Equal(["eigenvalues.npy", "indices.npy", "result.json", "spectrum.json"], Files());
    }

    [Fact]
    public void A_run_that_ended_while_it_took_its_place_is_finished_and_kept()
    {
        // A folder where a file is to go ends it in the middle.
        Directory.CreateDirectory(_folder.PathOf("indices.npy"));
        Assert.Throws<OutputException>(() => Finish(EarlierRun.Keep, RunKind.Models, "hessian-new.npy", "indices.npy"));
        Assert.DoesNotContain("result.json", Files());
        Directory.Delete(_folder.PathOf("indices.npy"));
        using OutputFolder output = new(_folder.Path, EarlierRun.Keep);
        RunFolder run = new(output, RunKind.Models);
        TestFiles.AssertExplained<OutputException>(run.Begin, "holds a run already");
        Assert.Equal(["hessian-new.npy", "indices.npy", "result.json"], Files());
    }

    [Fact]
    public void A_folder_that_somebody_moved_away_takes_nothing_more_and_neither_does_the_one_in_its_place()
    {
        using OutputFolder output = new(_folder.PathOf("run"), EarlierRun.Keep);
        RunFolder run = new(output, RunKind.Models);
        run.Begin();
        Write(run, "hessian-a.npy");
        Directory.Move(_folder.PathOf("run"), _folder.PathOf("elsewhere"));
        TestFiles.AssertExplained<OutputException>(() => run.PathOf("gradient-a.npy"), _folder.PathOf("run"), "removed");
        using OutputFolder other = new(_folder.PathOf("run"), EarlierRun.Keep);
        new RunFolder(other, RunKind.Spectrum).Begin();
        TestFiles.AssertExplained<OutputException>(run.Publish, _folder.PathOf("run"), "put another in its place");
        Assert.False(output.Abandon());
        output.Dispose();
        Assert.True(File.Exists(_folder.PathOf("run/.lock")));
        Assert.True(File.Exists(_folder.PathOf("elsewhere/.unfinished/hessian-a.npy")));
    }

    [Fact]
    public void A_file_that_the_manifest_leads_out_of_the_folder_to_stays()
    {
        string outside = _folder.Write("outside.txt", [1]);
        Directory.CreateDirectory(_folder.PathOf("run"));
        string hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData([1]));
        File.WriteAllText(_folder.PathOf("run/result.json"), $$"""
            { "files": [
              { "name": "../outside.txt", "bytes": 1, "sha256": "{{hash}}" }, { "name": "{{outside}}", "bytes": 1, "sha256": "{{hash}}" },
              3, { "name": null } ] }
            """);
        using OutputFolder output = new(_folder.PathOf("run"), EarlierRun.Overwrite);
        RunFolder run = new(output, RunKind.Models);
        run.Begin();
        run.WriteResult(SmallRecords.Result);
        run.Publish();
        Assert.True(File.Exists(outside));
    }

    [Fact]
    public void Of_two_at_once_the_second_is_refused_and_a_lock_that_is_left_over_locks_nothing()
    {
        _folder.Write(".lock", []);
        using OutputFolder first = new(_folder.Path, EarlierRun.Keep), second = new(_folder.Path, EarlierRun.Keep);
        new RunFolder(first, RunKind.Models).Begin();
        RunFolder later = new(second, RunKind.Spectrum);
        TestFiles.AssertExplained<OutputException>(later.Begin, _folder.Path, "Another process writes to");
        first.Dispose();
        later.Begin();
        Assert.True(second.IsTaken);
    }

    [Fact]
    public void Runs_that_were_told_no_folder_get_each_its_own()
    {
        string path = _folder.PathOf("runs/20260101-000000-spectrum");
        OutputFolder[] outputs = [.. Enumerable.Range(0, 8).Select(_ => new OutputFolder(path, EarlierRun.Beside))];
        Parallel.ForEach(outputs, output => new RunFolder(output, RunKind.Spectrum).Begin());
        Assert.Equal(8, outputs.Select(output => output.FullPath).Distinct().Count());
        Assert.Contains(path, outputs.Select(output => output.FullPath));
        Assert.All(outputs, output => output.Dispose());
        // A folder in which something is is nobody's to take.
        using OutputFolder next = new(path, EarlierRun.Beside);
        new RunFolder(next, RunKind.Spectrum).Begin();
        Assert.Equal(path + "-9", next.FullPath);
    }

    [Fact]
    public void One_that_comes_to_nothing_leaves_nothing()
    {
        using OutputFolder output = new(_folder.PathOf("run"), EarlierRun.Keep);
        RunFolder run = new(output, RunKind.Models);
        Assert.Empty(Files());
        run.Begin();
        Write(run, "run.log");
        Write(run, "indices.npy");
        Assert.False(output.Abandon());
        Assert.False(Directory.Exists(_folder.PathOf("run")));
    }

    [Fact]
    public void One_that_finished_something_leaves_it_to_be_looked_at()
    {
        using OutputFolder output = new(_folder.PathOf("run"), EarlierRun.Keep);
        RunFolder run = new(output, RunKind.Models);
        run.Begin();
        Write(run, "hessian-a.npy");
        Assert.True(output.Abandon());
        Assert.True(File.Exists(_folder.PathOf("run/.unfinished/hessian-a.npy")));
    }

    [Fact]
    public void Cells_with_commas_and_quotes_stay_whole()
    {
        using OutputFolder output = new(_folder.Path, EarlierRun.Keep);
        RunFolder folder = new(output, RunKind.Models);
        new RunFiles(folder).WriteParameterMap(
            "a",
            [
                new Parameter("odd, \"name\"", new Shape(2, 3), 0, 0, 0, InitialValue: null),
                new Parameter("scale", new Shape(1), 6, 1, 0, InitialValue: 1),
            ]);
        // RFC 4180: a quote is doubled inside quotes.
        Assert.Equal("tensor,shape,first_row,rows\n\"odd, \"\"name\"\"\",2x3,0,6\nscale,1,6,1\n", File.ReadAllText(folder.PathOf("parameters-a.csv")));
    }

    [Fact]
    public void Curves_have_all_digits_and_the_test_stands_at_the_end_of_its_epoch()
    {
        using OutputFolder output = new(_folder.Path, EarlierRun.Keep);
        RunFolder folder = new(output, RunKind.Models);
        RunFiles files = new(folder);
        EpochRecord[] epochs =
        [
            new() { Epoch = 1, LearningRate = 1, TestLoss = 1.0 / 3, TestCorrect = 1, TestTotal = 2 },
            new() { Epoch = 2, LearningRate = 0.5, TestLoss = 0.25, TestCorrect = 2, TestTotal = 2 },
        ];
        files.Training("a", new() { WeightDecay = 0, Epochs = [.. epochs], StepLosses = [0.1, 2e-10, 3, 4] });
        Assert.Equal(
            "epoch,batch,learning_rate,loss,test_loss,test_correct,test_total\n"
            + "1,1,1,0.1,,,\n1,2,1,2E-10,0.3333333333333333,1,2\n2,1,0.5,3,,,\n2,2,0.5,4,0.25,2,2\n",
            File.ReadAllText(folder.PathOf("training-a.csv")));
        files.Training("none", new() { WeightDecay = 0, Epochs = [], StepLosses = [] });
        Assert.Single(File.ReadAllLines(folder.PathOf("training-none.csv")));
    }

    private RunFolder Run(EarlierRun earlier) => new(new OutputFolder(_folder.Path, earlier), RunKind.Models);

    // Publishes a run whose files have their names as their content.
    private void Finish(EarlierRun earlier, RunKind kind, params string[] files)
    {
        using OutputFolder output = new(_folder.Path, earlier);
        RunFolder run = new(output, kind);
        run.Begin();
        foreach (string file in files.Where(file => file != "report.html"))
            Write(run, file);
        run.WriteResult(SmallRecords.Of(kind));
        if (files.Contains("report.html"))
            Write(run, "report.html");
        run.Publish();
    }

    private static void Write(RunFolder run, string file)
    {
        string[] parts = file.Split('/');
        AtomicFile.Write(Path.Combine([run.PathOf(parts[0]), .. parts[1..]]), stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(file)));
    }

    private string[] Files() => [.. Manifest.NamesIn(_folder.Path).Order(StringComparer.Ordinal)];
}
