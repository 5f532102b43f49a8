using System.Text.Json;
using BasinVolume.Interop.Arrays;
using BasinVolume.Mnist.Commands;

namespace BasinVolume.Mnist.Tests.Commands;

/// <summary>Volumes of a run that holds no matrix, against those of the dense run of the same weights and images.</summary>
public sealed class VolumeByProductsTests(VolumeByProductsTests.Runs runs) : IClassFixture<VolumeByProductsTests.Runs>, IDisposable
{
    private static readonly string[] Swept = ["measure", "fuzzy", "quadratic", "notebook"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("notebook", "--prior-centre", "weights", "--threshold-kind", "excess", "--threshold", "0.5", "--sigma", "0.1")]
    [InlineData("mlp", "--prior-centre", "weights", "--threshold-kind", "excess", "--threshold", "0.5", "--sigma", "0.1")]
    [InlineData("mlp", "--threshold", "2.5", "--sigma", "0.3", "--k", "2", "--centre", "minimum")]
    [InlineData("mlp", "--weight-decay", "1", "--penalty", "included", "--threshold-kind", "excess", "--threshold", "3", "--centre", "minimum")]
    [InlineData("mlp", "--weight-decay", "1", "--penalty", "included", "--threshold-kind", "excess", "--threshold", "3", "--prior-centre", "weights")]
    public void Every_interval_contains_the_dense_volume(string model, params string[] constants)
    {
        JsonElement dense = Volume(runs.Dense(model), ["--rays", "0", .. constants]), free = Volume(runs.Free(model), ["--rays", "0", .. constants]);
        Assert.Equal(Number(dense, "loss"), Number(free, "loss"), 1e-9);
        Assert.Equal(Number(dense.GetProperty("hessian"), "gradient_norm"), Number(free.GetProperty("hessian"), "gradient_norm"), 1e-9);
        (int Of, int Missed) compared = (0, 0);
        foreach (string name in Swept)
        {
            JsonElement exact = Definition(dense, name), estimate = Definition(free, name);
            // Where there is no number there is a reason.
            Assert.Equal(estimate.GetProperty("applies").GetBoolean(), estimate.GetProperty("reason").ValueKind == JsonValueKind.Null);
            if (exact.GetProperty("applies").GetBoolean() && estimate.GetProperty("applies").GetBoolean())
                AssertIn(Value(exact), estimate.GetProperty("interval"), name);
            foreach (string over in new[] { "threshold", "k" })
            {
                (int of, int missed) = Compare(dense.GetProperty("sweeps").GetProperty(over), free.GetProperty("sweeps").GetProperty(over), name);
                compared = (compared.Of + of, compared.Missed + missed);
            }
        }

        // Each holds with 95 % confidence, so of twenty places one may be missed.
        Assert.True(compared.Of >= 14 && compared.Missed <= Math.Max(1, compared.Of / 20), $"{compared} values were compared and missed");
        Assert.Contains("every eigenvector", Definition(free, "levels").GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Other_constants_from_the_file_are_those_of_asking_anew()
    {
        string anew = _folder.PathOf("anew");
        Runs.Curvature(runs.Dense("mlp"), anew, "--threshold", "3", "--k", "5", "--sigma", "0.3");
        JsonElement asked = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(anew, "curvature.json"))).RootElement
            .GetProperty("models")[0].GetProperty("curvature").GetProperty("volumes");
        JsonElement kept = Volume(runs.Free("mlp"), ["--rays", "0", "--threshold", "3", "--k", "5", "--sigma", "0.3"]);
        Assert.All(Swept, name => Assert.True(
            JsonElement.DeepEquals(asked.GetProperty(name), Definition(kept, name)), $"{asked.GetProperty(name)} and {Definition(kept, name)}"));
        Assert.Contains(Swept, name => asked.GetProperty(name).GetProperty("applies").GetBoolean());
        JsonElement inertia = kept.GetProperty("hessian").GetProperty("inertia");
        JsonElement said = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(runs.Free("mlp"), "curvature.json"))).RootElement
            .GetProperty("models")[0].GetProperty("curvature").GetProperty("inertia");
        Assert.All(["positive", "zero", "negative"], key => Assert.True(JsonElement.DeepEquals(said.GetProperty(key), inertia.GetProperty(key)), key));
        Assert.Equal(Number(said, "zero_tolerance"), Number(inertia, "zero_tolerance"), 1e-12 * Number(said, "zero_tolerance"));
    }

    [Fact]
    public void Rays_shaped_by_few_pairs_agree_with_those_shaped_by_the_matrix()
    {
        string[] setting = ["--sigma", "0.1", "--threshold", "0.1", "--threshold-kind", "excess", "--prior-centre", "weights", "--rays", "150"];
        JsonElement dense = Volume(runs.Dense("mlp"), setting), free = Volume(runs.Free("mlp"), setting);
        Assert.Equal("tilted-deflated", free.GetProperty("rays").GetProperty("preconditioner").GetString());
        double[] one = Ends(Definition(dense, "rays")), other = Ends(Definition(free, "rays"));
        Assert.True(one[0] <= other[1] && other[0] <= one[1], $"{string.Join(" … ", one)} and {string.Join(" … ", other)}");
        AssertIn(Value(Definition(dense, "measure")), Definition(free, "measure").GetProperty("interval"), "measure");
        AssertIn(
            Number(dense.GetProperty("rays"), "quadratic_log_probability"), free.GetProperty("rays").GetProperty("quadratic_interval"), "of the quadratic");
        // The draws of the prior need no shape.
        JsonElement draws = dense.GetProperty("rays").GetProperty("prior_draws");
        Assert.Equal(Number(draws, "mean_rise"), Number(free.GetProperty("rays").GetProperty("prior_draws"), "mean_rise"), 1e-12);
        // Unshaped they are the same rays, on which the quadratic reaches the threshold in the same places.
        string[] unshaped = [.. setting[..^1], "16", "--preconditioner", "identity"];
        JsonElement plain = Volume(runs.Dense("mlp"), unshaped).GetProperty("rays"), same = Volume(runs.Free("mlp"), unshaped).GetProperty("rays");
        double ratio = Number(plain.GetProperty("quadratic_surface"), "mean_ratio");
        Assert.Equal(ratio, Number(same.GetProperty("quadratic_surface"), "mean_ratio"), 1e-9 * ratio);
        JsonElement shaped = Volume(runs.Free("mlp"), [.. setting, "--preconditioner", "hessian"]);
        Assert.Equal("deflated", shaped.GetProperty("rays").GetProperty("preconditioner").GetString());
    }

    [Theory]
    [InlineData("3")]
    [InlineData("0")]
    public void Weights_are_moved_without_a_matrix_with_the_runs_pairs_or_with_few_that_are_looked_for(string largest)
    {
        string run = _folder.PathOf("run"), moved = _folder.PathOf("moved");
        // Of intervals of 95 % one in twenty misses; this seed's do not.
        string[] seed = ["--seed", "2"];
        Runs.Curvature(
            runs.Dense("mlp"), run, ["--penalty", "included", "--weight-decay", "0.01", "--largest", largest, "--smallest", "0", .. seed]);
        JsonElement root = Volume(run, ["--rays", "0", "--converge", "--converge-tolerance", "1e-3"]), converge = root.GetProperty("converge");
        Assert.Equal("converged", converge.GetProperty("outcome").GetString());
        Assert.InRange(Number(converge, "gradient_norm"), 0, 1e-3);
        Assert.True(Number(converge, "gradient_norm_before") > 0.01);
        Assert.Equal(Number(converge, "loss"), Number(root, "loss"), 1e-9);
        Assert.Equal(Number(converge, "gradient_norm"), Number(root.GetProperty("hessian"), "gradient_norm"), 1e-9);
        // The dense Hessian at the weights that it left.
        (int exitCode, string error) = ProgramCall.Run(
        [
            "hessian", "--model", Path.Combine(run, "network-mlp.json"), "--weights", _folder.PathOf("out/weights-mlp-converged.pt"), "--penalty", "included",
            "--weight-decay", "0.01", .. Runs.Images, .. seed, "--out", moved,
        ]);
        Assert.True(exitCode == 0, error);
        JsonElement exact = Volume(moved, ["--rays", "0", "--name", JsonDocument.Parse(File.ReadAllBytes(Path.Combine(moved, "result.json"))).RootElement
            .GetProperty("models")[0].GetProperty("name").GetString()!], "exact");
        AssertIn(Value(Definition(exact, "notebook")), Definition(root, "notebook").GetProperty("interval"), "notebook");
        Assert.NotEqual(Value(Definition(root, "notebook")), Value(converge.GetProperty("before").GetProperty("notebook")));
    }

    [Fact]
    public void What_needs_the_matrix_or_another_run_is_refused_in_a_sentence()
    {
        Npy.Write<double>(_folder.PathOf("s.npy"), [1], [0.1]);
        AssertRefused(ExitCodes.Usage, "--sigma-file makes another matrix", runs.Free("mlp"), "--sigma-file", _folder.PathOf("s.npy"));
        AssertRefused(ExitCodes.Usage, "--preconditioner diagonal needs the diagonal", runs.Free("mlp"), "--preconditioner", "diagonal");
        string gauss = _folder.PathOf("gauss");
        Runs.Curvature(runs.Dense("mlp"), gauss, "--matrix", "gauss-newton");
        AssertRefused(ExitCodes.Data, "tells of the Gauss-Newton matrix of mlp", gauss);
        string damaged = _folder.PathOf("damaged");
        Runs.Curvature(runs.Dense("mlp"), damaged);
        Npy.Write<double>(Path.Combine(damaged, "quadratures-mlp.npy"), [3, 4], new double[12]);
        AssertRefused(ExitCodes.Data, "quadratures-mlp.npy has shape (3, 4) where (recurrences, 2, steps) is expected", damaged);
        Npy.Write<double>(Path.Combine(damaged, "quadratures-mlp.npy"), [1, 2, 2], [1, 2, -1, 0]);
        AssertRefused(ExitCodes.Data, "beside its diagonal where a finite number of at least 0 is expected", damaged);
        File.Delete(Path.Combine(damaged, "gradient-quadratures-mlp.npy"));
        AssertRefused(ExitCodes.Data, "gradient-quadratures-mlp.npy", damaged);
    }

    private void AssertRefused(int expected, string part, string run, params string[] arguments)
    {
        (int exitCode, string error) = ProgramCall.Run(["volume", "--run", run, "--device", "cpu", .. arguments, "--out", _folder.PathOf("refused")]);
        Assert.True(exitCode == expected, error);
        Assert.Contains(part, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    private static (int Compared, int Missed) Compare(JsonElement dense, JsonElement free, string name)
    {
        if (!dense.TryGetProperty(name, out JsonElement exact) || !free.TryGetProperty($"{name}_interval", out JsonElement intervals))
            return (0, 0);
        (int compared, int missed) = (0, 0);
        foreach ((JsonElement value, JsonElement interval) in exact.EnumerateArray().Zip(intervals.EnumerateArray()))
        {
            if (value.ValueKind == JsonValueKind.Null || interval.ValueKind == JsonValueKind.Null)
                continue;
            compared++;
            missed += IsIn(value.GetDouble(), interval) ? 0 : 1;
        }

        // A definition that has no value anywhere says why.
        Assert.Equal(free.GetProperty(name).EnumerateArray().All(value => value.ValueKind == JsonValueKind.Null), free.TryGetProperty($"{name}_reason", out _));
        return (compared, missed);
    }

    private static void AssertIn(double value, JsonElement interval, string what) => Assert.True(IsIn(value, interval), $"{what}: {value} in {interval}");

    private static bool IsIn(double value, JsonElement interval)
    {
        double[] ends = [.. interval.EnumerateArray().Select(end => end.GetDouble())];
        double rounding = 1e-9 * Math.Max(1, Math.Abs(value));
        return value >= ends[0] - rounding && value <= ends[1] + rounding;
    }

    private JsonElement Volume(string run, string[] arguments, string output = "out")
    {
        // Where nothing looks at the loss there is nothing for a device.
        string[] device = arguments is ["--rays", "0", ..] && !arguments.Contains("--converge") ? [] : ["--device", "cpu"];
        (int exitCode, string error) = ProgramCall.Run(
            ["volume", "--run", run, .. device, "--threads", "2", "--population", "0", "--force", "--out", _folder.PathOf(output), .. arguments]);
        Assert.True(exitCode == 0, error);
        return JsonDocument.Parse(File.ReadAllBytes(_folder.PathOf($"{output}/volume.json"))).RootElement;
    }

    private static JsonElement Definition(JsonElement root, string name) => root.GetProperty("definitions").GetProperty(name);

    private static double Number(JsonElement element, string key) => element.GetProperty(key).GetDouble();

    private static double Value(JsonElement definition)
        => definition.TryGetProperty("log_probability", out JsonElement probability) ? probability.GetDouble() : Number(definition, "log_volume");

    private static double[] Ends(JsonElement definition) => [.. definition.GetProperty("interval").EnumerateArray().Select(end => end.GetDouble())];

    /// <summary>A dense run and one by products of two networks, of the same weights and images: the notebook's, and a small one that is smooth.</summary>
    public sealed class Runs : IDisposable
    {
        private static readonly string[] Few = ["--largest", "3", "--smallest", "2", "--probes", "6", "--steps", "24", "--trace-tolerance", "0.01"];

        private readonly TemporaryFolder _folder = new();

        public Runs()
        {
            File.WriteAllText(_folder.PathOf("mlp.json"), """
                { "input": [1, 28, 28], "layers": [
                  { "type": "average-pool", "size": 4 }, { "type": "flatten" },
                  { "type": "linear", "name": "first", "outputs": 5 }, { "type": "tanh" },
                  { "type": "linear", "name": "fc", "outputs": 10 }, { "type": "softmax-loss" } ] }
                """);
            foreach ((string name, string model) in new[] { ("notebook", "notebook"), ("mlp", _folder.PathOf("mlp.json")) })
            {
                Run(["hessian", "--model", model, "--epochs", "3", .. Images, "--out", Dense(name)]);
                Curvature(Dense(name), Free(name));
            }
        }

        public static string[] Images { get; } = ["--samples", "40", "--device", "cpu", "--threads", "2"];

        public string Dense(string model) => _folder.PathOf($"{model}-dense");

        public string Free(string model) => _folder.PathOf($"{model}-free");

        public static void Curvature(string weights, string output, params string[] arguments)
            => Run(["curvature", "--weights", weights, .. Images, .. arguments.Contains("--largest") ? Few[4..] : Few, .. arguments, "--out", output]);

        public void Dispose() => _folder.Dispose();

        private static void Run(string[] arguments)
        {
            (int exitCode, string error) = ProgramCall.Run(arguments);
            Assert.True(exitCode == 0, error);
        }
    }
}
