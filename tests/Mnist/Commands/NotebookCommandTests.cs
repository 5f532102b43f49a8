using System.Diagnostics;
using System.Text.Json;
using BasinVolume.Basins.Weights;
using BasinVolume.Interop;
using BasinVolume.Interop.Arrays;
using BasinVolume.Interop.Weights;
using BasinVolume.Mnist.Commands;
using BasinVolume.Mnist.Models;
using BasinVolume.Report.Tests.Pictures;

namespace BasinVolume.Mnist.Tests.Commands;

/// <summary>The main job as a person starts it: what it leaves behind, and what bad input gets.</summary>
public sealed class NotebookCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_run_leaves_a_result_with_every_key_and_all_its_files()
    {
        string output = _folder.PathOf("run");
        (int exitCode, string said, string error) = ProgramCall.RunForOutput(
            "notebook", "--audit", "--samples", "200", "--epochs", "3", "--seed", "7", "--sampling", "without-replacement", "--weighting", "sample-mean",
            "--device", "cpu", "--threads", "2", "--out", output);
        Assert.True(exitCode == 0, error);
        Assert.Contains(output, error, StringComparison.Ordinal);
        Assert.Matches(@"plain: (\d+) of \1 identities hold; closest to its bound", error);
        Assert.Equal(FilesOfARun(), Directory.GetFiles(output).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));
        AssertWeightsAreTheSame(output);
        Assert.Equal([200], Npy.Read(Path.Combine(output, "indices.npy")).Shape);
        Assert.Equal([10, 169], Npy.Read(Path.Combine(output, "weights-plain", "fc2.weight.npy")).Shape);
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(output, "result.json")));
        AssertResult(document.RootElement);
        foreach (JsonElement model in document.RootElement.GetProperty("models").EnumerateArray())
            AssertModel(model, output);
        AssertAudit(document.RootElement);
        Assert.Contains("The notebook, line by line", said, StringComparison.Ordinal);
        // The answer is the last that is said: what was computed, at which weights, what came out, and the page.
        string[] answer = [.. said.TrimEnd().Split('\n').Reverse().TakeWhile(line => line.Length > 0).Reverse()];
        Assert.Equal(
            ["computed", "weights", "curvature", "volume", "open"],
            answer.Select(line => line.Split(' ')[0]).Where(word => word.Length > 0));
        Assert.EndsWith(Path.Combine(output, "report.html"), answer[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void The_audit_says_how_many_nats_each_line_is_worth()
    {
        // A threshold above every loss and a prior above every negative curvature, so that both basins hold something and have a volume.
        const double Threshold = 50;
        string output = _folder.PathOf("run");
        (int exitCode, string error) = ProgramCall.Run(
            "notebook", "--audit", "--samples", "100", "--epochs", "1", "--threshold", "50", "--k", "50", "--weight-decay", "1e-3",
            "--device", "cpu", "--threads", "2", "--out", output);
        Assert.True(exitCode == 0, error);
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(output, "result.json")));
        JsonElement[] models = [.. document.RootElement.GetProperty("models").EnumerateArray()];
        double Nats(int line, int index = 0) => document.RootElement.GetProperty("audit")
            .EnumerateArray()
            .Where(row => row.GetProperty("line").GetInt32() == line)
            .ElementAt(index)
            .GetProperty("nats")
            .GetDouble();
        double Excess(JsonElement model) => Threshold - model.GetProperty("hessian").GetProperty("loss").GetDouble();
        // (n/2) log((T − L)/T), n = 1710.
        Assert.Equal(855 * Math.Log(Excess(models[1]) / Threshold), Nats(1), 1e-8);
        Assert.Equal(855 * Math.Log(Excess(models[0]) / Threshold), Nats(1, index: 1), 1e-8);
        // Counting from the minimum of the model gains something, the penalty takes (n/2) log(1 − ½λ|θ|²/(T − L)), Stirling's ball is 1/(6n) too large.
        Assert.True(Nats(2) > 0);
        double squares = Directory.GetFiles(Path.Combine(output, "weights-l2")).Sum(file => Npy.Read(file).AsDoubles().Sum(w => w * w));
        Assert.Equal(855 * Math.Log(1 - (0.5e-3 * squares / Excess(models[1]))), Nats(14), 1e-8);
        Assert.Equal(-9.7466e-5, Nats(13), 1e-8);
        Assert.All((int[])[3, 4, 6, 7, 8, 9, 10, 11], line => Assert.Equal(
            JsonValueKind.Null,
            document.RootElement.GetProperty("audit").EnumerateArray().First(row => row.GetProperty("line").GetInt32() == line).GetProperty("nats").ValueKind));
    }

    [Theory]
    [InlineData(ExitCodes.Usage, "--samples must be a whole number from 1 to 10000000; got '0'", "--samples", "0")]
    [InlineData(ExitCodes.Usage, "--lr must be a number from 1e-30 to 1e15; got '-1'", "--lr", "-1")]
    [InlineData(ExitCodes.Usage, "--epochs must be a whole number from 0 to 1000000; got 'ten'", "--epochs", "ten")]
    [InlineData(ExitCodes.Usage, "--weighting must be one of batch-mean, sample-mean; got 'mean'", "--weighting", "mean")]
    [InlineData(ExitCodes.Usage, "'--colour'", "--colour", "blue")]
    [InlineData(ExitCodes.Data, "There is no folder nowhere", "--data", "nowhere")]
    [InlineData(ExitCodes.Data, "60000", "--samples", "60001", "--sampling", "without-replacement")]
    [InlineData(ExitCodes.Data, "no-such.npy", "--indices", "no-such.npy")]
    [InlineData(ExitCodes.Data, "plain_init", "--initial-weights", "nowhere")]
    [InlineData(ExitCodes.Usage, "--device must be one of cpu, ilgpu-cpu", "--device", "abacus")]
    [InlineData(
        ExitCodes.Failure, "Training left the finite numbers",
        "--lr", "1e15", "--gamma", "1e15", "--epochs", "4", "--precision", "float32", "--device", "cpu")]
    public void Bad_input_ends_with_one_sentence_and_its_exit_code(int exitCode, string part, params string[] arguments)
        => AssertFails(exitCode, part, [.. arguments, "--out", _folder.PathOf("run")]);

    [Fact]
    public void An_output_folder_that_cannot_be_written_is_refused_before_the_work()
    {
        string file = _folder.Write("file", []);
        AssertFails(ExitCodes.Data, "Cannot write", ["--out", Path.Combine(file, "run")]);
    }

    [Fact]
    public void A_truncated_file_of_images_is_refused()
    {
        string data = Path.Combine(TestFiles.RepositoryRoot(), "data", "mnist");
        foreach (string file in Directory.GetFiles(data, "*.gz"))
            File.Copy(file, _folder.PathOf(Path.GetFileName(file)));
        string labels = _folder.PathOf("train-labels-idx1-ubyte.gz");
        File.WriteAllBytes(labels, File.ReadAllBytes(labels)[..1000]);
        AssertFails(ExitCodes.Data, "train-labels-idx1-ubyte.gz", ["--data", _folder.Path, "--out", _folder.PathOf("run")]);
    }

    [Theory]
    [InlineData("INT", ExitCodes.Cancelled)]
    [InlineData("TERM", ExitCodes.Terminated)]
    public void A_signal_ends_it_with_its_exit_code_and_no_result(string signal, int ended)
    {
        string output = _folder.PathOf("run");
        using Process program = ProgramProcess.Start("--epochs", "1000", "--device", "cpu", "--out", output);
        _ = program.StandardOutput.ReadToEndAsync();
        // The first epoch is over, so that the signal meets the program in the middle of its work.
        ProgramProcess.AwaitLog(program, output, "epoch 1 of");
        ProgramProcess.Signal(program, signal);
        string rest = program.StandardError.ReadToEnd();
        program.WaitForExit();
        Assert.Equal(ended, program.ExitCode);
        Assert.Contains("Interrupted", rest, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", rest, StringComparison.Ordinal);
        // It has found nothing yet, and leaves nothing.
        Assert.False(Directory.Exists(output));
    }

    [Fact]
    public void Devices_lists_the_processor_and_why()
    {
        (int exitCode, string said, string error) = ProgramCall.RunForOutput("devices");
        Assert.True(exitCode == 0, error);
        Assert.Contains("ilgpu-cpu", said, StringComparison.Ordinal);
        Assert.Contains("always there. `auto` takes", said, StringComparison.Ordinal);
    }

    private static IEnumerable<string> FilesOfARun()
    {
        string[] pictures =
        [
            .. OfModels("eigenvectors-", ".png"), .. OfModels("filters-", ".png"), .. OfModels("hessian-", ".png"), .. OfModels("mistakes-", ".png"),
            .. OfModels("spectrum-", ".svg"), .. OfModels("tail-", ".svg"), .. OfModels("training-", ".svg"),
        ];
        string[] files =
        [
            .. pictures, .. pictures.Select(Drawn.DarkOf), .. OfModels("eigenvalues-", ".npy"), .. OfModels("gradient-", ".npy"),
            .. OfModels("hessian-", ".npy"), "indices.npy", .. OfModels("parameters-", ".csv"),
            "report.html", "result.json", "run.log", .. OfModels("training-", ".csv"), .. OfModels("weights-", ".npz", ".pt", ".safetensors"),
        ];
        return files.Order(StringComparer.Ordinal);
    }

    private static IEnumerable<string> OfModels(string prefix, params string[] extensions)
        => ((string[])["l2", "plain"]).SelectMany(model => extensions.Select(extension => prefix + model + extension));

    private static void AssertWeightsAreTheSame(string output)
    {
        IReadOnlyList<TensorShape> tensors = NetworkTensors.Of(ReadyMade.Notebook());
        double[] weights = WeightFile.Read(Path.Combine(output, "weights-plain"), tensors).Values;
        Assert.All(OfModels("weights-", ".npz", ".pt", ".safetensors").Skip(3), file => Assert.Equal(
            weights, WeightFile.Read(Path.Combine(output, file), tensors).Values));
        Assert.Equal(
            ["tensor,shape,first_row,rows", "conv1.weight,1x1x3x3,0,9", "conv1.bias,1,9,1", "fc2.weight,10x169,10,1690", "fc2.bias,10,1700,10"],
            File.ReadAllLines(Path.Combine(output, "parameters-plain.csv")));
    }

    private static void AssertResult(JsonElement root)
    {
        Assert.Equal(1, root.GetProperty("schema").GetInt32());
        Assert.Equal("notebook", root.GetProperty("command").GetString());
        Assert.True(root.GetProperty("seconds").GetDouble() > 0);
        Assert.Equal("float64", root.GetProperty("precision").GetString());
        Assert.Equal("cpu", root.GetProperty("device").GetProperty("kind").GetString());
        Assert.NotEmpty(root.GetProperty("device").GetProperty("name").GetString()!);
        Assert.Equal(2, root.GetProperty("device").GetProperty("threads").GetInt32());
        Assert.NotEmpty(root.GetProperty("versions").GetProperty("basin_volume").GetString()!);
        JsonElement data = root.GetProperty("data");
        Assert.Equal(60000, data.GetProperty("train_images").GetInt32());
        Assert.Equal(200, data.GetProperty("samples").GetInt32());
        Assert.Equal("without-replacement", data.GetProperty("sampling").GetString());
        Assert.Equal(7, data.GetProperty("seed").GetInt64());
        // data/mnist/SHA256SUMS.
        Assert.Equal(
            "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5", data.GetProperty("sha256").GetProperty("train-labels-idx1-ubyte").GetString());
        Assert.Equal(["plain", "l2"], root.GetProperty("models").EnumerateArray().Select(model => model.GetProperty("name").GetString()));
    }

    private static void AssertAudit(JsonElement root)
    {
        JsonElement[] audit = [.. root.GetProperty("audit").EnumerateArray()];
        Assert.Equal([1, 1, .. Enumerable.Range(2, 13)], audit.Select(row => row.GetProperty("line").GetInt32()));
        Assert.All(audit, row => Assert.All(["topic", "printed", "here", "right"], key => Assert.NotEmpty(row.GetProperty(key).GetString()!)));
        JsonElement volume = root.GetProperty("models")[1].GetProperty("volume");
        JsonElement notebook = volume.GetProperty("notebook").GetProperty("log_volume");
        string expected = notebook.ValueKind == JsonValueKind.Null
            ? "no volume"
            : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{notebook.GetDouble():f4}");
        Assert.Equal(expected, audit[0].GetProperty("here").GetString());
        Assert.Equal(volume.GetProperty("excess").GetProperty("empty").GetBoolean(), audit[0].GetProperty("right").GetString()!.EndsWith(
            "the basin is empty", StringComparison.Ordinal));
    }

    private static void AssertModel(JsonElement model, string output)
    {
        string name = model.GetProperty("name").GetString()!;
        Assert.Equal(1710, model.GetProperty("parameters").GetInt32());
        JsonElement epoch = model.GetProperty("training").GetProperty("epochs").EnumerateArray().Last();
        Assert.Equal((3, 10000), (epoch.GetProperty("epoch").GetInt32(), epoch.GetProperty("test_total").GetInt32()));
        Assert.All(["learning_rate", "test_loss", "test_correct"], key => Assert.True(epoch.GetProperty(key).GetDouble() > 0));
        AssertNumbers(model.GetProperty("hessian"), "loss", "gradient_norm", "seconds", "trace", "frobenius_norm", "asymmetry");
        Assert.Equal("sample-mean", model.GetProperty("hessian").GetProperty("weighting").GetString());
        JsonElement[] verification = [.. model.GetProperty("verification").EnumerateArray()];
        Assert.Contains("softmax-shift-hessian", verification.Select(check => check.GetProperty("name").GetString()));
        Assert.All(verification, check => AssertNumbers(check, "residual", "bound"));
        Assert.All(verification, check => Assert.True(check.GetProperty("passed").GetBoolean()));
        JsonElement spectrum = model.GetProperty("spectrum");
        AssertNumbers(spectrum, "seconds", "min", "max", "positive", "zero", "negative", "zero_tolerance", "structural_zeros", "numerical_zeros");
        Assert.InRange(spectrum.GetProperty("negative").GetInt32(), 0, 10);
        int structural = spectrum.GetProperty("structural_zeros").GetInt32();
        Assert.InRange(structural, 170, 1710);
        Assert.Equal(spectrum.GetProperty("zero").GetInt32(), structural + spectrum.GetProperty("numerical_zeros").GetInt32());

        NpyArray hessian = Npy.Read(Path.Combine(output, $"hessian-{name}.npy"));
        Assert.Equal([1710, 1710], hessian.Shape);
        double[] elements = hessian.AsDoubles();
        for (int i = 0; i < 1710; i++)
        {
            for (int j = 0; j < i; j++)
                Assert.Equal(elements[(i * 1710) + j], elements[(j * 1710) + i]);
        }

        double[] eigenvalues = Npy.Read(Path.Combine(output, $"eigenvalues-{name}.npy")).AsDoubles();
        Assert.Equal(eigenvalues.Order(), eigenvalues);
        Assert.Equal(model.GetProperty("hessian").GetProperty("trace").GetDouble(), eigenvalues.Sum(), 1e-9);
        AssertVolume(model.GetProperty("volume"), eigenvalues);
        Assert.All(["hessian", "eigenvectors", "filters", "mistakes"], picture => Drawn.AssertPixels(Path.Combine(output, $"{picture}-{name}.png")));
    }

    // The formula of the notebook from the eigenvalues in the file: T = 2, λ = 1e-5, c = 1/0.5².
    private static void AssertVolume(JsonElement volume, double[] eigenvalues)
    {
        JsonElement notebook = volume.GetProperty("notebook");
        JsonElement excess = volume.GetProperty("excess");
        AssertNumbers(excess, "threshold", "loss", "excess");
        // Three epochs on 200 images leave both models above the threshold.
        Assert.True(excess.GetProperty("empty").GetBoolean());
        Assert.Equal(JsonValueKind.Null, excess.GetProperty("log_volume").ValueKind);
        if (eigenvalues[0] + 4 + 1e-5 <= 0)
        {
            // Not enough prior for so negative a curvature: no number, but a reason.
            Assert.Equal(JsonValueKind.Null, notebook.GetProperty("log_volume").ValueKind);
            Assert.Contains("must be positive definite", notebook.GetProperty("reason").GetString(), StringComparison.Ordinal);
            return;
        }

        double denominator = eigenvalues.Sum(value => Math.Log(value + 4 + 1e-5)) / 2;
        double ball = (0.5 * Math.Log(1 / (1710 * Math.PI))) + (855 * Math.Log(2 * Math.PI * Math.E / 1710));
        Assert.Equal(ball, notebook.GetProperty("log_unit_ball").GetDouble(), 1e-9);
        Assert.Equal(855 * Math.Log(4), notebook.GetProperty("log_threshold_term").GetDouble(), 1e-9);
        Assert.Equal(denominator, notebook.GetProperty("log_denominator").GetDouble(), 1e-9);
        Assert.Equal(ball + (855 * Math.Log(4)) - denominator, notebook.GetProperty("log_volume").GetDouble(), 1e-8);
    }

    private static void AssertNumbers(JsonElement element, params string[] keys)
        => Assert.All(keys, key => Assert.Equal(JsonValueKind.Number, element.GetProperty(key).ValueKind));

    private static void AssertFails(int expected, string part, string[] arguments)
    {
        (int exitCode, string error) = ProgramCall.Run(arguments);
        Assert.Equal(expected, exitCode);
        Assert.Contains(part, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        string last = error.TrimEnd().Split('\n')[^1];
        Assert.Contains(part, last, StringComparison.Ordinal);
        Assert.EndsWith(".", last, StringComparison.Ordinal);
    }
}
