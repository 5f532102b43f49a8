using BasinVolume.Autodiff;
using BasinVolume.Mnist.Formats;
using BasinVolume.Mnist.Results;
using BasinVolume.Mnist.Training;

namespace BasinVolume.Mnist.Tests.Results;

/// <summary>What a run's folder takes, and what it does to an earlier run.</summary>
public sealed class RunFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("run.log")]
    [InlineData("result.json")]
    public void A_run_of_the_same_kind_is_kept(string file)
    {
        _folder.Write(file, []);
        TestFiles.AssertExplained<OutputException>(() => RunFolder.Open(_folder.Path, RunKind.Models, EarlierRun.Keep), _folder.Path, "holds a run already", "--force");
        Assert.Single(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void One_that_is_overwritten_loses_its_result_and_no_other_file()
    {
        Assert.All(["run.log", "result.json", "spectrum.json", "hessian-a.npy"], file => _folder.Write(file, [1]));
        RunFolder.Open(_folder.Path, RunKind.Models, EarlierRun.Overwrite);
        Assert.Equal(["hessian-a.npy", "run.log", "spectrum.json"], Directory.GetFiles(_folder.Path).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Cells_with_commas_and_quotes_stay_whole()
    {
        RunFolder folder = RunFolder.Open(_folder.Path, RunKind.Models, EarlierRun.Keep);
        folder.WriteParameterMap("a", [new Parameter("odd, \"name\"", new Shape(2, 3), 0, 0, 0), new Parameter("scale", new Shape(1), 6, 1, 0)]);
        // RFC 4180: a quote is doubled inside quotes.
        Assert.Equal("tensor,shape,first_row,rows\n\"odd, \"\"name\"\"\",2x3,0,6\nscale,1,6,1\n", File.ReadAllText(folder.PathOf("parameters-a.csv")));
    }

    [Fact]
    public void Curves_have_all_digits_and_the_test_stands_at_the_end_of_its_epoch()
    {
        RunFolder folder = RunFolder.Open(_folder.Path, RunKind.Models, EarlierRun.Keep);
        var history = new TrainingHistory(
            new TrainingOptions(2, 64, 1, 0.5, 0), [new(1, 1, new Evaluation(1.0 / 3, 1, 2)), new(2, 0.5, new Evaluation(0.25, 2, 2))], [0.1, 2e-10, 3, 4], 1);
        folder.WriteTraining("a", history);
        Assert.Equal(
            "epoch,batch,learning_rate,loss,test_loss,test_correct,test_total\n1,1,1,0.1,,,\n1,2,1,2E-10,0.3333333333333333,1,2\n2,1,0.5,3,,,\n2,2,0.5,4,0.25,2,2\n",
            File.ReadAllText(folder.PathOf("training-a.csv")));
        folder.WriteTraining("none", new TrainingHistory(new TrainingOptions(0, 64, 1, 1, 0), [], [], 0));
        Assert.Single(File.ReadAllLines(folder.PathOf("training-none.csv")));
    }
}
