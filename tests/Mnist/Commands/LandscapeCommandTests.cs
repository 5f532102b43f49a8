using System.Diagnostics;
using System.Text.Json;
using BasinVolume.Interop.Arrays;
using BasinVolume.Mnist.Commands;
using BasinVolume.Report.Tests.Pictures;

namespace BasinVolume.Mnist.Tests.Commands;

/// <summary>The landscape of a run as a person asks for it.</summary>
public sealed class LandscapeCommandTests(LandscapeCommandTests.SmallRun run) : IClassFixture<LandscapeCommandTests.SmallRun>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_leaves_the_losses_the_directions_and_their_pictures()
    {
        string output = Landscape("--points", "9", "--side", "5");
        JsonElement root = Result(output);
        double loss = root.GetProperty("loss").GetDouble();
        Assert.Equal(("landscape", 350), (root.GetProperty("command").GetString(), root.GetProperty("parameters").GetInt32()));
        JsonElement[] lines = [.. root.GetProperty("lines").EnumerateArray()];
        Assert.Equal(["leading-1", "leading-2", "negative-1", "random-1"], lines.Select(line => line.GetProperty("name").GetString()));
        // The weights are in the middle.
        Assert.All(lines, line => Assert.Equal(
            (0.0, loss), (Numbers(line, "places")[4], Numbers(line, "losses")[4]), (a, b) => a.Item1 == b.Item1 && Math.Abs(a.Item2 - b.Item2) < 1e-12));
        Assert.Equal([4, 9, 3], Npy.Read(Path.Combine(output, "lines.npy")).Shape);
        Assert.Equal(
            lines.SelectMany(line => Enumerable.Range(0, 9).SelectMany(
                i => (double[])[Numbers(line, "places")[i], Numbers(line, "losses")[i], Numbers(line, "quadratic")[i]])),
            Npy.Read(Path.Combine(output, "lines.npy")).AsDoubles());
        // The quadratic model is dashed, so no single stroke.
        Assert.All(lines, line => Drawn.AssertCurves(Path.Combine(output, $"line-smooth-{line.GetProperty("name").GetString()}.svg"), curves: 1, "loss along"));
        Drawn.AssertPixels(Path.Combine(output, "plane-smooth.png"));
    }

    [Fact]
    public void Directions_have_length_1_and_eigenvectors_the_curvature_of_their_eigenvalues()
    {
        string output = Landscape("--points", "3", "--side", "0", "--directions", "leading:3,negative,gradient,random:2");
        NpyArray directions = Npy.Read(Path.Combine(output, "directions.npy"));
        Assert.Equal([7, 350], directions.Shape);
        Assert.All(directions.AsDoubles().Chunk(350), vector => Assert.Equal(1, vector.Sum(x => x * x), 1e-12));
        double[] eigenvalues = Npy.Read(Path.Combine(run.Folder, "eigenvalues-smooth.npy")).AsDoubles();
        double[] curvatures = [.. Result(output).GetProperty("lines").EnumerateArray().Select(line => line.GetProperty("curvature").GetDouble())];
        Assert.Equal([eigenvalues[^1], eigenvalues[^2], eigenvalues[^3], eigenvalues[0]], curvatures[..4], (a, b) => Math.Abs(a - b) < 1e-10 * eigenvalues[^1]);
        double[] gradient = Npy.Read(Path.Combine(run.Folder, "gradient-smooth.npy")).AsDoubles();
        Assert.Equal(Math.Sqrt(gradient.Sum(g => g * g)), Result(output).GetProperty("lines")[4].GetProperty("slope").GetDouble(), 1e-12);
        Assert.Equal(JsonValueKind.Null, Result(output).GetProperty("plane").ValueKind);
        Assert.False(File.Exists(Path.Combine(output, "plane.npy")));
    }

    [Fact]
    public void Close_to_the_weights_the_loss_is_its_quadratic_model()
    {
        // The rest is of third order: t³ times a third derivative of the order of the curvature.
        const double Range = 1e-4;
        JsonElement[] lines = [.. Result(Landscape("--points", "3", "--side", "0", "--reach", "1e-4")).GetProperty("lines").EnumerateArray()];
        Assert.All(lines, line => Assert.Equal([-Range, 0, Range], Numbers(line, "places")));
        Assert.All(lines, line => Assert.Equal(Numbers(line, "quadratic"), Numbers(line, "losses"), (a, b) => Math.Abs(a - b) < 1e3 * Range * Range * Range));
        Assert.All(lines[..2], line => Assert.True(
            line.GetProperty("curvature").GetDouble() * Range * Range / 2 > 1e3 * Range * Range * Range, "the quadratic term is seen"));
    }

    [Fact]
    public void The_plane_meets_the_lines_of_its_directions()
    {
        string output = Landscape("--points", "5", "--side", "5", "--directions", "leading:2");
        double[] plane = Npy.Read(Path.Combine(output, "plane.npy")).AsDoubles();
        JsonElement lines = Result(output).GetProperty("lines");
        Assert.Equal(Numbers(lines[0], "losses"), plane[10..15], (a, b) => Math.Abs(a - b) <= 1e-12 * a);
        Assert.Equal(Numbers(lines[1], "losses"), Enumerable.Range(0, 5).Select(i => plane[(5 * i) + 2]), (a, b) => Math.Abs(a - b) <= 1e-12 * a);
    }

    [Fact]
    public void A_loss_that_overflows_is_null()
    {
        JsonElement lines = Result(Landscape("--points", "3", "--side", "3", "--reach", "1e154")).GetProperty("lines");
        Assert.Equal(JsonValueKind.Null, lines[0].GetProperty("quadratic")[0].ValueKind);
        Assert.Equal(JsonValueKind.Number, lines[0].GetProperty("quadratic")[1].ValueKind);
    }

    [Theory]
    [InlineData(ExitCodes.Usage, "--points must be a whole number from 2 to 1000000; got '1'", "--points", "1")]
    [InlineData(ExitCodes.Usage, "--side must be 0 or at least 2; got 1", "--side", "1")]
    [InlineData(ExitCodes.Usage, "--reach must be a number from 1e-300 to 1e300; got '0'", "--reach", "0")]
    [InlineData(ExitCodes.Usage, "got 'leading:0'", "--directions", "leading:0")]
    [InlineData(ExitCodes.Usage, "got 'leading,leading'", "--directions", "leading,leading")]
    [InlineData(ExitCodes.Usage, "got 'upwards'", "--directions", "upwards")]
    [InlineData(ExitCodes.Data, "has no model 'l3'", "--name", "l3")]
    [InlineData(ExitCodes.Usage, "--device must be one of cpu, ilgpu-cpu", "--device", "abacus")]
    public void Bad_input_ends_with_one_sentence_and_its_exit_code(int exitCode, string part, params string[] arguments)
        => AssertFails(exitCode, part, ["--run", run.Folder, .. arguments]);

    [Fact]
    public void Weights_without_a_hessian_get_one_first()
    {
        string output = _folder.PathOf("landscape");
        (int exitCode, string error) = ProgramCall.Run(
            "landscape", "--model", run.Description, "--weights", Path.Combine(run.Folder, "weights-smooth.pt"),
            "--indices", Path.Combine(run.Folder, "indices.npy"), "--weighting", "sample-mean",
            "--points", "5", "--side", "0", "--directions", "leading,gradient", "--device", "cpu", "--out", output);
        Assert.True(exitCode == 0, error);
        Assert.True(File.Exists(Path.Combine(output, "result.json")));
        double[] lines = Npy.Read(Path.Combine(output, "lines.npy")).AsDoubles();
        string ofRun = Landscape("--points", "5", "--side", "0", "--directions", "leading,gradient", "--force");
        Assert.Equal(Npy.Read(Path.Combine(ofRun, "lines.npy")).AsDoubles(), lines);
    }

    [Fact]
    public void A_folder_that_is_no_run_and_options_that_a_run_has_itself_are_refused()
    {
        AssertFails(ExitCodes.Data, "result.json", ["--run", _folder.Path]);
        AssertFails(ExitCodes.Usage, "--samples belongs to weights whose Hessian is still to be computed", ["--run", run.Folder, "--samples", "10"]);
    }

    [Fact]
    public void SIGTERM_ends_it_with_143_and_no_result()
    {
        string output = _folder.PathOf("landscape");
        using Process program = ProgramProcess.Start("landscape", "--run", run.Folder, "--points", "1000000", "--device", "cpu", "--out", output);
        _ = program.StandardOutput.ReadToEndAsync();
        // The first line is begun, so that the signal meets the program in the middle of its work.
        ProgramProcess.AwaitLog(program, output, "leading-1 …");
        ProgramProcess.Signal(program, "TERM");
        Assert.Contains("Interrupted", program.StandardError.ReadToEnd(), StringComparison.Ordinal);
        program.WaitForExit();
        Assert.Equal(143, program.ExitCode);
        Assert.False(File.Exists(Path.Combine(output, "landscape.json")));
        Assert.False(File.Exists(Path.Combine(output, "report.html")));
    }

    private static double[] Numbers(JsonElement line, string key) => [.. line.GetProperty(key).EnumerateArray().Select(number => number.GetDouble())];

    private static JsonElement Result(string output) => JsonElement.Parse(File.ReadAllBytes(Path.Combine(output, "landscape.json")));

    private string Landscape(params string[] arguments)
    {
        string output = _folder.PathOf("landscape");
        (int exitCode, string error) = ProgramCall.Run(["landscape", "--run", run.Folder, "--device", "cpu", "--out", output, .. arguments]);
        Assert.True(exitCode == 0, error);
        return output;
    }

    private void AssertFails(int expected, string part, string[] arguments)
    {
        (int exitCode, string error) = ProgramCall.Run(["landscape", "--out", _folder.PathOf("landscape"), .. arguments]);
        Assert.Equal(expected, exitCode);
        string last = error.TrimEnd().Split('\n')[^1];
        Assert.Contains(part, last, StringComparison.Ordinal);
        Assert.EndsWith(".", last, StringComparison.Ordinal);
    }

    /// <summary>A run whose landscape is looked at: of a network without kinks, so that its loss has a third derivative everywhere.</summary>
    public sealed class SmallRun : IDisposable
    {
        private readonly TemporaryFolder _folder = new();

        public SmallRun()
        {
            File.WriteAllText(Description, """
                { "input": [1, 28, 28], "layers": [
                  { "type": "convolution", "name": "conv1", "channels": 2, "kernel": 3, "stride": 2 }, { "type": "gelu" },
                  { "type": "average-pool", "size": 3 },
                  { "type": "flatten" }, { "type": "linear", "name": "fc", "outputs": 10 }, { "type": "softmax-loss" } ] }
                """);
            (int exitCode, string error) = ProgramCall.Run(
                "hessian", "--model", Description, "--samples", "100", "--epochs", "1", "--weighting", "sample-mean", "--device", "cpu", "--out", Folder);
            Assert.True(exitCode == 0, error);
        }

        public string Folder => _folder.PathOf("run");

        public string Description => _folder.PathOf("smooth.json");

        public void Dispose() => _folder.Dispose();
    }
}
