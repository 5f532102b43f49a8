using System.Text.Json;
using BasinVolume.Mnist.Commands;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace BasinVolume.Mnist.Tests.Commands;

/// <summary>What is done with a run takes the run's data, with all that was said of it, and no other.</summary>
public sealed class RunDataTests : DataTests
{
    [Fact]
    public void A_table_of_a_run_need_not_be_given_again()
    {
        string table = Table(), run = PathOf("run");
        JsonElement options = Result(
            "run", "hessian", "--data", table, "--label", "kind", "--elements", "numbers", "--normalize", "auto", "--samples", "8",
            "--epochs", "1", "--model", "mlp:2-3-3").GetProperty("options").GetProperty("data");
        Assert.Equal(("kind", "numbers"), (options.GetProperty("label").GetString(), options.GetProperty("element_kind").GetString()));
        Assert.Equal(JsonValueKind.Null, options.GetProperty("resize").ValueKind);

        Succeed("volume", "--run", run, "--rays", "2", "--population", "0", "--device", "cpu", "--out", PathOf("volume"));
        Succeed("landscape", "--run", run, "--points", "3", "--side", "2", "--device", "cpu", "--out", PathOf("landscape"));
        Succeed("spectrum", "--run", run, "--out", PathOf("spectrum"));
        Succeed("verify", "--weights", run, "--samples", "4", "--device", "cpu");
        Succeed("hessian", "--weights", run, "--samples", "4", "--device", "cpu", "--out", PathOf("again"));
        AssertRefused(ExitCodes.Usage, "--label says something of data that is given", "volume", "--run", run, "--label", "kind");

        File.WriteAllText(table, File.ReadAllText(table).Replace("0.5", "0.25", StringComparison.Ordinal));
        AssertRefused(ExitCodes.Data, "is not what the run in", "landscape", "--run", run);
        AssertRefused(ExitCodes.Data, "is not what the run in", "volume", "--run", run);
        File.Delete(table);
        AssertRefused(ExitCodes.Data, "is gone: there is no", "volume", "--run", run);
        AssertRefused(ExitCodes.Data, "is gone: there is no", "hessian", "--weights", run);
        Succeed("volume", "--run", run, "--rays", "0", "--population", "0", "--out", PathOf("without"));
    }

    [Fact]
    public void Images_of_a_run_are_resized_as_they_were()
    {
        string images = Images(), run = PathOf("run");
        JsonElement result = Result(
            "run", "hessian", "--data", images, "--test-data", images, "--resize", "5,7", "--channels", "1", "--normalize", "auto", "--samples", "6",
            "--epochs", "2", "--model", "mlp:35-2-3");
        JsonElement data = result.GetProperty("options").GetProperty("data");
        Assert.Equal((5, 7, 1), (data.GetProperty("resize")[0].GetInt32(), data.GetProperty("resize")[1].GetInt32(), data.GetProperty("channels").GetInt32()));
        Assert.Equal(["cat", "dog", "owl"], result.GetProperty("data").GetProperty("classes").EnumerateArray().Select(name => name.GetString()));
        Succeed("verify", "--weights", run, "--samples", "3", "--device", "cpu");
        Succeed("volume", "--run", run, "--rays", "2", "--population", "2", "--device", "cpu", "--out", PathOf("volume"));
        Succeed("landscape", "--run", run, "--points", "3", "--side", "2", "--device", "cpu", "--out", PathOf("landscape"));
        Succeed("report", "--run", run);

        (int exitCode, string output, string error) = ProgramCall.RunForOutput(
            "predict", Path.Combine(images, "owl", "1.png"), "--weights", run, "--normalize", "auto", "--json", "--device", "cpu");
        Assert.True(exitCode == 0, error);
        JsonElement predicted = JsonElement.Parse(output), picture = predicted.GetProperty("pictures")[0];
        Assert.Equal(["cat", "dog", "owl"], predicted.GetProperty("classes").EnumerateArray().Select(name => name.GetString()));
        Assert.Contains(picture.GetProperty("class_name").GetString(), (string[])["cat", "dog", "owl"]);
        Assert.Equal(1, picture.GetProperty("probabilities").EnumerateArray().Sum(p => p.GetDouble()), 1e-12);
    }

    private string Table()
    {
        string path = PathOf("table.csv");
        string[] kinds = ["low", "mid", "top"];
        string[] rows = [.. Enumerable.Range(0, 12).Select(i => FormattableString.Invariant($"{0.5 * i},{i % 5},{kinds[i % 3]}"))];
        File.WriteAllLines(path, ["width,height,kind", .. rows]);
        return path;
    }

    // Grey pictures of 9 x 8 in three classes.
    private string Images()
    {
        string folder = PathOf("images");
        foreach ((int label, string name) in ((string[])["cat", "dog", "owl"]).Index())
        {
            Directory.CreateDirectory(Path.Combine(folder, name));
            for (int i = 0; i < 3; i++)
            {
                using var picture = new Image<L8>(8, 9, new L8((byte)((80 * label) + (7 * i) + 5)));
                picture[label, i] = new L8(255);
                picture.SaveAsPng(Path.Combine(folder, name, $"{i}.png"));
            }
        }

        return folder;
    }
}
