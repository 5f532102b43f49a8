using System.Text.Json;
using BasinVolume.Autodiff;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Data.Samples;
using BasinVolume.Data.Subsets;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Host;
using BasinVolume.Mnist.Commands;
using BasinVolume.Mnist.Tests.Digits;
using BasinVolume.Mnist.Tests.Reference;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace BasinVolume.Mnist.Tests.Commands;

/// <summary>Pictures of digits as a person gives them to a trained model.</summary>
public sealed class PredictCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Images_of_mnist_get_the_probabilities_that_the_network_gives_them()
    {
        int[] indices = [0, 1, 2, 3];
        string[] files = [.. indices.Select(index => Save($"{index}.png", TestPictures.Plain(index)))];
        JsonElement root = Run([.. files, "--weights", TestFiles.Fixture("Interop", "l2_trained.pt")]);
        using var device = new HostDevice(threads: 2);
        using var plan = new Plan<double>(PyTorch.Network, device);
        plan.SetParameters(PyTorch.Weights("l2_trained"));
        Matrix logits = Evaluation.Outputs(plan, new DatasetSamples(TestPictures.Digits, indices, SampleWeights.Mean(indices.Length)));
        Assert.Equal("l2_trained", root.GetProperty("model").GetProperty("name").GetString());
        Assert.Equal(64, root.GetProperty("model").GetProperty("checkpoint").GetProperty("sha256").GetString()!.Length);
        JsonElement[] pictures = [.. root.GetProperty("pictures").EnumerateArray()];
        for (int i = 0; i < indices.Length; i++)
        {
            double[] outputs = logits.Row(i).ToArray();
            double sum = outputs.Sum(Math.Exp);
            Assert.Equal(files[i], pictures[i].GetProperty("file").GetString());
            Assert.Equal(outputs.IndexOf(outputs.Max()), pictures[i].GetProperty("class").GetInt32());
            Assert.Equal(outputs, pictures[i].GetProperty("outputs").EnumerateArray().Select(value => value.GetDouble()));
            Assert.All(pictures[i].GetProperty("probabilities").EnumerateArray().Zip(outputs), pair => Assert.Equal(
                Math.Exp(pair.Second) / sum, pair.First.GetDouble(), 1e-14));
            Assert.Empty(pictures[i].GetProperty("preparation").EnumerateArray());
        }
    }

    [Fact]
    public void A_model_of_a_run_is_taken_by_name_and_large_digits_get_the_class_of_small_ones()
    {
        string run = _folder.PathOf("run");
        (int exitCode, string error) = ProgramCall.Run(
            "train", "--model", "softmax", "--samples", "2000", "--epochs", "3", "--device", "cpu", "--threads", "2", "--out", run);
        Assert.True(exitCode == 0, error);
        string small = Save("small.png", TestPictures.Plain(0)), large = Save(
            "large.png", TestPictures.Large(0, 6, 20, 30, new Rgba32(0, 0, 90), new Rgba32(255, 255, 255)));
        JsonElement root = Run(small, large, "--weights", run, "--name", "softmax");
        JsonElement[] pictures = [.. root.GetProperty("pictures").EnumerateArray()];
        // The first test image is a seven.
        Assert.Equal([7, 7], pictures.Select(picture => picture.GetProperty("class").GetInt32()));
        Assert.Equal(3, pictures[1].GetProperty("preparation").GetArrayLength());
        Assert.Equal("softmax", root.GetProperty("model").GetProperty("network").GetString());
        (exitCode, error) = ProgramCall.Run("predict", small, "--weights", run, "--name", "l2");
        Assert.Equal(ExitCodes.Data, exitCode);
        Assert.Contains("has no model 'l2': it has softmax", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_weights_a_model_is_trained_first_and_the_table_says_what_was_done()
    {
        (int exitCode, string output, string error) = ProgramCall.RunForOutput(
            "predict", Save("a.png", TestPictures.Large(0, 2, 0, 0, new Rgba32(0, 0, 0), new Rgba32(255, 255, 255))), "--samples", "64", "--epochs", "1",
            "--device", "cpu", "--threads", "2");
        Assert.True(exitCode == 0, error);
        Assert.Contains("1710 parameters to be trained", error, StringComparison.Ordinal);
        // Cells are wrapped where their column is narrow.
        Assert.All(["likeliest", "inverted", "darker", "centre", "1 picture by notebook, 1710 parameters", "of 10000 right"], part => Assert.Contains(
            part, output, StringComparison.Ordinal));
    }

    [Fact]
    public void Bad_pictures_end_with_one_sentence_and_their_exit_code()
    {
        AssertFails(ExitCodes.Data, "has 50000 x 50000 pixels", _folder.Write("huge.png", TestPictures.PngOf(50_000, 50_000)));
        AssertFails(ExitCodes.Data, "is no PNG, JPEG or BMP picture", _folder.Write("text.png", "hello, this is no picture at all"u8.ToArray()));
        AssertFails(ExitCodes.Data, "Cannot read nowhere.png", "nowhere.png");
        AssertFails(ExitCodes.Usage, "'picture' missing");
        AssertFails(ExitCodes.Usage, "Unrecognized option '--out'", "a.png", "--out", "somewhere");
    }

    private static void AssertFails(int expected, string part, params string[] arguments)
    {
        (int exitCode, string error) = ProgramCall.Run(
            ["predict", .. arguments, "--weights", TestFiles.Fixture("Interop", "l2_trained.pt"), "--device", "cpu"]);
        Assert.Equal(expected, exitCode);
        Assert.Contains(part, error, StringComparison.Ordinal);
        Assert.EndsWith(".", error.TrimEnd(), StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    private static JsonElement Run(params string[] arguments)
    {
        (int exitCode, string output, string error) = ProgramCall.RunForOutput(["predict", .. arguments, "--device", "cpu", "--threads", "2", "--json"]);
        Assert.True(exitCode == 0, error);
        return JsonDocument.Parse(output).RootElement;
    }

    private string Save(string name, Image image)
    {
        image.Save(_folder.PathOf(name));
        image.Dispose();
        return _folder.PathOf(name);
    }
}
