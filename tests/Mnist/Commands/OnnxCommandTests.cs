using System.Text.Json;
using BasinVolume.Autodiff;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Interop.Arrays;
using BasinVolume.Mnist.Models;
using BasinVolume.Onnx;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace BasinVolume.Mnist.Tests.Commands;

/// <summary>ONNX files as a person gives them and gets them.</summary>
public sealed class OnnxCommandTests : IDisposable
{
    private static readonly Network Small = new NetworkBuilder(new Shape(1, 28, 28)).AveragePool(7).Flatten().Linear("fc", 10).SoftmaxLoss().Build();
    private static readonly double[] Weights = [.. Enumerable.Range(0, Small.ParameterCount).Select(i => Math.Sin(i))];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Structure_and_weights_come_from_the_file_and_stay_in_the_run()
    {
        string model = Written(), run = _folder.PathOf("run");
        AssertSuccess("hessian", "--model", model, "--check", Logits(error: 0), "--samples", "40", "--device", "cpu", "--out", run);
        JsonElement root = JsonDocument.Parse(File.ReadAllText(Path.Combine(run, "result.json"))).RootElement, told = root.GetProperty("models")[0];
        JsonElement checkpoint = told.GetProperty("checkpoint");
        Assert.Equal((170, OnnxModels.Sha256(model)), (told.GetProperty("parameters").GetInt32(), checkpoint.GetProperty("sha256").GetString()));
        Assert.Equal(3, checkpoint.GetProperty("logits").GetProperty("samples").GetInt32());
        Assert.InRange(checkpoint.GetProperty("logits").GetProperty("largest_difference").GetDouble(), 0, 1e-12);
        Assert.Equal(Weights[..160], Npy.Read(Path.Combine(run, "weights-net", "fc.weight.npy")).AsDoubles());
        // The folder needs the file no more.
        File.Delete(model);
        Assert.Equal(170, RunModel.Read(run, name: null).OpenNetwork()!.ParameterCount);
        AssertSuccess("spectrum", "--run", run, "--out", _folder.PathOf("spectrum"));
        AssertSuccess("report", "--run", run);
        AssertSuccess("export", "--weights", run, "--onnx", model, "--precision", "float64");
        Assert.Equal(Weights, OnnxImport.Read(model, new()).Weights);
    }

    [Fact]
    public void What_is_compared_stands_in_every_document()
    {
        string model = Written(), check = Logits(error: 0), picture = _folder.PathOf("half.png");
        using (var half = new Image<L8>(28, 28, new L8(0)))
        {
            half[14, 14] = new L8(255);
            half.SaveAsPng(picture);
        }

        JsonElement verified = Output("verify", "--model", model, "--check", check, "--samples", "4", "--device", "cpu", "--json");
        JsonElement predicted = Output("predict", picture, "--model", model, "--check", check, "--samples", "4", "--device", "cpu", "--json");
        Assert.All([verified, predicted.GetProperty("model")], document =>
        {
            JsonElement checkpoint = document.GetProperty("checkpoint");
            Assert.Equal(OnnxModels.Sha256(model), checkpoint.GetProperty("sha256").GetString());
            Assert.Equal(JsonValueKind.Array, checkpoint.GetProperty("notes").ValueKind);
            Assert.Equal(3, checkpoint.GetProperty("logits").GetProperty("samples").GetInt32());
            Assert.InRange(checkpoint.GetProperty("logits").GetProperty("largest_difference").GetDouble(), 0, 1e-12);
        });

        static JsonElement Output(params string[] arguments)
        {
            (int code, string output, string error) = ProgramCall.RunForOutput(arguments);
            Assert.True(code == 0, error);
            return JsonElement.Parse(output);
        }
    }

    [Theory]
    [InlineData(1e-3, 1, "differ by at most 0.001")]
    [InlineData(double.NaN, 1, "differ by at most")]
    public void Outputs_that_rounding_does_not_explain_end_in_an_error(double error, int code, string reason)
        => AssertRefused(code, reason, "export", "--model", Written(), "--check", Logits(error), "--onnx", _folder.PathOf("out.onnx"));

    [Fact]
    public void What_does_not_go_together_is_refused()
    {
        string model = Written(), wrong = _folder.PathOf("wrong.npz");
        Npz.Write<double>(wrong, [new("x", [2, 28, 28, 1]), new("logits", [2, 10])], new double[1588]);
        AssertRefused(3, "expected (N, 1, 28, 28)", "verify", "--model", model, "--check", wrong);
        Npz.Write<double>(wrong, [new("x", [2, 1, 28, 28]), new("logits", [2, 9])], new double[1586]);
        AssertRefused(3, "expected (2, 10)", "verify", "--model", model, "--check", wrong);
        Npz.Write<double>(wrong, [new("x", [2, 1, 28, 28])], new double[1568]);
        AssertRefused(3, "no array 'logits' but x", "verify", "--model", model, "--check", wrong);
        string described = _folder.PathOf("model.json");
        File.WriteAllText(
            described, """{ "input": [784], "layers": [{ "type": "linear", "name": "fc", "outputs": 10 }, { "type": "softmax-loss" }] }""");
        AssertRefused(2, "a description says its loss in its last layer", "verify", "--model", described, "--loss", "mean-squared");
        AssertRefused(2, "--check is for the network of an ONNX file", "verify", "--model", "softmax", "--check", "x.npz");
        AssertRefused(2, "softmax has no weights", "export", "--model", "softmax", "--onnx", model);
        File.WriteAllText(model, "no model");
        AssertRefused(3, "is no ONNX file", "verify", "--model", model);
    }

    [Fact]
    public void A_training_begins_anew()
    {
        string run = _folder.PathOf("run");
        AssertSuccess("train", "--model", Written(), "--samples", "50", "--epochs", "1", "--out", run);
        Assert.NotEqual(Weights[..160], Npy.Read(Path.Combine(run, "weights-net", "fc.weight.npy")).AsDoubles());
    }

    private string Written()
    {
        string path = _folder.PathOf("net.onnx");
        OnnxExport.Write(path, Small, Weights, new ExportOptions { Precision = ExportPrecision.Float64 });
        return path;
    }

    // Images of one level p give p (Σ of a row of the weight) + bias.
    private string Logits(double error)
    {
        double[] levels = [0, 0.5, 1];
        double[] x = [.. levels.SelectMany(level => Enumerable.Repeat(level, 784))];
        double Logit(double level, int k) => (level * Weights.Skip(16 * k).Take(16).Sum()) + Weights[160 + k] + error;
        double[] logits = [.. levels.SelectMany(level => Enumerable.Range(0, 10).Select(k => Logit(level, k)))];
        string path = _folder.PathOf("check.npz");
        Npz.Write<double>(path, [new("x", [3, 1, 28, 28]), new("logits", [3, 10])], [.. x, .. logits]);
        return path;
    }

    private static void AssertSuccess(params string[] arguments)
    {
        (int code, string error) = ProgramCall.Run(arguments);
        Assert.True(code == 0, error);
    }

    private static void AssertRefused(int expected, string reason, params string[] arguments)
    {
        (int code, string error) = ProgramCall.Run(arguments);
        Assert.Equal(expected, code);
        Assert.Contains(reason, string.Join(' ', error.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }
}
