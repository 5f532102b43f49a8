using System.Diagnostics;
using System.Text.Json;
using BasinVolume.Interop.Arrays;
using BasinVolume.Kernels;
using BasinVolume.Mnist.Commands;

namespace BasinVolume.Mnist.Tests.Commands;

/// <summary>Curvature by products as a person asks for it, against the dense answer of <c>hessian</c> on the same weights and images.</summary>
public sealed class CurvatureCommandTests : IDisposable
{
    private static readonly string[] Images = ["--samples", "40", "--device", "cpu", "--threads", "2", "--k", "8"];
    private static readonly string[] Few = ["--largest", "3", "--smallest", "2", "--probes", "6", "--steps", "24", "--trace-tolerance", "0.01"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("notebook", "float64")]
    [InlineData("mlp:784-2-10", "float64")]
    [InlineData("notebook", "float32")]
    public void Every_interval_contains_the_dense_answer(string model, string precision)
    {
        string dense = _folder.PathOf("dense"), free = _folder.PathOf("free");
        JsonElement whole = Run(["hessian", "--model", model, "--epochs", "3", .. Images, "--out", dense]);
        JsonElement entry = Run(["curvature", "--weights", dense, .. Images, .. Few, "--precision", precision, "--damping", "32,64", "--out", free]);
        string name = entry.GetProperty("name").GetString()!;
        double[] eigenvalues = Npy.Read(Path.Combine(dense, $"eigenvalues-{name}.npy")).AsDoubles();
        JsonElement curvature = entry.GetProperty("curvature");
        Assert.True(curvature.GetProperty("complete").GetBoolean());
        AssertContains(eigenvalues, curvature);
        JsonElement volume = whole.GetProperty("volume").GetProperty("notebook").GetProperty("log_volume");
        Assert.True(IsIn(volume.GetDouble(), curvature.GetProperty("volumes").GetProperty("notebook").GetProperty("interval")));
        // A gradient that a volume does not use is told all the same.
        Assert.Equal(
            whole.GetProperty("hessian").GetProperty("gradient_norm").GetDouble(),
            curvature.GetProperty("volumes").GetProperty("excess").GetProperty("gradient_norm").GetDouble(),
            precision == "float32" ? 1e-4 : 1e-9);
        Assert.Equal("N(0, 0.5² I)", curvature.GetProperty("volumes").GetProperty("measure").GetProperty("prior").GetString());
        AssertDistributionContains(eigenvalues, Npy.Read(Path.Combine(free, $"distribution-{name}.npy")).AsDoubles());
        // A shift of all classes' weights of a feature, and of their biases.
        Assert.True(curvature.GetProperty("known_zeros").GetInt32() >= 3);

        double[] pairs = Npy.Read(Path.Combine(free, $"eigenpairs-{name}.npy")).AsDoubles();
        Assert.Equal(5 * 4, pairs.Length);
        Assert.Equal(curvature.GetProperty("pairs").GetProperty("found")[4].GetProperty("value").GetDouble(), pairs[16]);
        NpyArray vectors = Npy.Read(Path.Combine(free, $"eigenvectors-{name}.npy"));
        Assert.Equal([eigenvalues.Length, 5], vectors.Shape);
        Assert.All(
            [$"density-{name}.png", $"density-{name}-dark.png", $"eigenpairs-{name}.svg", "report.html", "curvature.log", $"weights-{name}.pt"],
            file => Assert.True(File.Exists(Path.Combine(free, file)), file));
        Assert.Contains("Eigenvalues at both ends", File.ReadAllText(Path.Combine(free, "report.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_block_of_tensors_is_that_of_the_dense_hessian_and_a_penalty_shifts_it()
    {
        string dense = _folder.PathOf("dense");
        Run(["hessian", "--epochs", "3", .. Images, "--out", dense]);
        double[] hessian = Npy.Read(Path.Combine(dense, "hessian-notebook.npy")).AsDoubles();
        // conv1 has nine weights and a bias, and stands first.
        const int Order = 10;
        var block = new Matrix(Order, Order);
        for (int i = 0; i < Order; i++)
            for (int j = 0; j < Order; j++)
                block[i, j] = hessian[(i * 1710) + j] + (i == j ? 0.25 : 0);
        double[] eigenvalues = Eigenvalues(block);

        JsonElement entry = Run(
        [
            "curvature", "--weights", dense, .. Images, .. Few, "--tensors", "conv1", "--penalty", "included", "--weight-decay", "0.25", "--out",
            _folder.PathOf("free"),
        ]);
        JsonElement curvature = entry.GetProperty("curvature");
        Assert.Equal((Order, "conv1"), (curvature.GetProperty("order").GetInt32(), curvature.GetProperty("tensors")[0].GetString()));
        AssertContains(eigenvalues, curvature);
    }

    // With a linear network nothing of H remains beside G.
    [Fact]
    public void The_gauss_newton_matrix_of_a_linear_network_is_its_hessian()
    {
        string model = _folder.PathOf("small.json"), dense = _folder.PathOf("dense");
        File.WriteAllText(model, """
            { "input": [1, 28, 28], "layers": [
              { "type": "average-pool", "size": 7 }, { "type": "flatten" },
              { "type": "linear", "name": "fc", "outputs": 10 }, { "type": "softmax-loss" } ] }
            """);
        Run(["hessian", "--model", model, "--epochs", "2", .. Images, "--out", dense]);
        double[] eigenvalues = Npy.Read(Path.Combine(dense, "eigenvalues-small.npy")).AsDoubles();
        JsonElement curvature = Run(
            ["curvature", "--weights", dense, .. Images, .. Few, "--matrix", "gauss-newton", "--out", _folder.PathOf("free")]).GetProperty("curvature");
        Assert.Equal("gauss-newton", curvature.GetProperty("matrix").GetString());
        AssertContains(eigenvalues, curvature);
        Assert.Equal([0, 0], Ends(curvature.GetProperty("inertia").GetProperty("negative")));
    }

    [Fact]
    public void Two_runs_on_any_number_of_threads_have_the_same_bits()
    {
        string[] asked = ["curvature", "--epochs", "1", "--samples", "40", "--device", "cpu", .. Few];
        JsonElement one = Run([.. asked, "--threads", "1", "--out", _folder.PathOf("one")]);
        JsonElement two = Run([.. asked, "--threads", "2", "--out", _folder.PathOf("two")]);
        Assert.All(
            ["eigenpairs-notebook.npy", "eigenvectors-notebook.npy", "distribution-notebook.npy", "density-notebook.csv", "gradient-notebook.npy"],
            file => Assert.Equal(File.ReadAllBytes(_folder.PathOf($"one/{file}")), File.ReadAllBytes(_folder.PathOf($"two/{file}"))));
        Assert.All(["trace", "log_determinants", "effective_dimensions", "inertia", "pairs"], key => Assert.Equal(
            one.GetProperty("curvature").GetProperty(key).GetRawText(), two.GetProperty("curvature").GetProperty(key).GetRawText()));
    }

    [Fact]
    public void Few_products_are_kept_to_and_what_they_do_not_give_is_said()
    {
        JsonElement curvature = Run(
        [
            "curvature", "--epochs", "0", .. Images, "--probes", "4", "--steps", "8", "--products", "90", "--out", _folder.PathOf("run"),
        ]).GetProperty("curvature");
        // Known zeros are looked at beforehand, tensors afterwards.
        Dictionary<string, long> stages = curvature.GetProperty("stages").EnumerateArray().ToDictionary(
            stage => stage.GetProperty("name").GetString()!, stage => stage.GetProperty("products").GetInt64());
        Assert.InRange(stages["eigenpairs"] + stages["trace"] + stages["quadratures"], 1, 90);
        Assert.NotEqual(JsonValueKind.Null, curvature.GetProperty("pairs").GetProperty("reason").ValueKind);
        Assert.NotEqual(JsonValueKind.Null, curvature.GetProperty("log_determinants")[0].GetProperty("interval").ValueKind);
    }

    [Fact]
    public void A_hessian_that_does_not_fit_goes_over_to_products_and_says_so()
    {
        string output = _folder.PathOf("run");
        (int exitCode, string written, string error) = ProgramCall.RunForOutput(
            ["hessian", "--epochs", "1", .. Images, "--memory", "40MB", "--json", "--out", output]);
        Assert.True(exitCode == 0, error);
        Assert.Contains("The Hessian of 1710 parameters and its spectrum need", error, StringComparison.Ordinal);
        JsonElement entry = Assert.Single(JsonElement.Parse(written).GetProperty("models").EnumerateArray());
        Assert.Contains("need 105.268 MB", entry.GetProperty("curvature").GetProperty("instead_of_dense").GetString(), StringComparison.Ordinal);
        Assert.True(entry.GetProperty("hessian").GetProperty("gradient_norm").GetDouble() > 0);
        Assert.Contains("need 105.268 MB", File.ReadAllText(Path.Combine(output, "run.log")), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(output, "hessian-notebook.npy")));

        // There is no matrix to solve, and that is said; volumes follow from what was kept.
        (exitCode, error) = ProgramCall.Run("spectrum", "--run", output, "--out", _folder.PathOf("spectrum"));
        Assert.Equal(ExitCodes.Data, exitCode);
        Assert.Contains("has no dense Hessian of notebook, whose curvature was told by products", error, StringComparison.Ordinal);
        (exitCode, error) = ProgramCall.Run("volume", "--run", output, "--rays", "0", "--out", _folder.PathOf("volume"));
        Assert.True(exitCode == 0, error);

        // The weights of such a run are those of any other.
        JsonElement again = Run(["curvature", "--weights", output, .. Images, .. Few, "--out", _folder.PathOf("again")]);
        Assert.Equal(entry.GetProperty("hessian").GetProperty("loss").GetDouble(), again.GetProperty("hessian").GetProperty("loss").GetDouble());
    }

    [Fact]
    public void A_landscape_goes_over_to_products_and_has_the_directions_of_the_matrix()
    {
        string dense = _folder.PathOf("dense"), free = _folder.PathOf("free");
        string[] drawn = ["--directions", "leading:2,negative,gradient", "--points", "3", "--side", "2"];
        Run(["hessian", "--model", "mlp:784-2-10", "--epochs", "1", .. Images, "--out", dense]);
        (int exitCode, string error) = ProgramCall.Run(
            ["landscape", "--weights", dense, .. Images, .. drawn, "--memory", "40MB", "--out", free]);
        Assert.True(exitCode == 0, error);
        Assert.Contains("its curvature is told by products with directions instead", error, StringComparison.Ordinal);
        (exitCode, error) = ProgramCall.Run(["landscape", "--run", dense, .. drawn, "--device", "cpu", "--out", _folder.PathOf("exact")]);
        Assert.True(exitCode == 0, error);
        // With more asked than the run has they are looked for again.
        (exitCode, error) = ProgramCall.Run(
            ["landscape", "--run", free, "--directions", "leading:12", "--points", "3", "--side", "0", "--device", "cpu", "--out", _folder.PathOf("more")]);
        Assert.True(exitCode == 0, error);
        JsonElement[] found = Lines("free"), exact = Lines("exact"), more = Lines("more");
        Assert.Equal(exact.Select(line => line.GetProperty("name").GetString()), found.Select(line => line.GetProperty("name").GetString()));
        foreach ((JsonElement one, JsonElement other) in exact.Zip(found).Concat(exact[..2].Zip(more)))
        {
            double curvature = one.GetProperty("curvature").GetDouble();
            Assert.Equal(curvature, other.GetProperty("curvature").GetDouble(), 1e-5 * Math.Abs(exact[0].GetProperty("curvature").GetDouble()));
        }

        Assert.Equal(12, more.Length);

        JsonElement[] Lines(string run) => [.. JsonDocument.Parse(File.ReadAllBytes(_folder.PathOf($"{run}/landscape.json"))).RootElement
            .GetProperty("lines").EnumerateArray()];
    }

    [Fact]
    public void The_main_job_goes_over_to_products_as_well()
    {
        string output = _folder.PathOf("run");
        (int exitCode, string error) = ProgramCall.Run(["--audit", "--epochs", "1", .. Images, "--memory", "40MB", "--out", output]);
        Assert.True(exitCode == 0, error);
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(output, "result.json")));
        Assert.All(document.RootElement.GetProperty("models").EnumerateArray(), model => Assert.True(
            model.GetProperty("curvature").GetProperty("trace").GetProperty("value").GetDouble() > 0));
        Assert.True(document.RootElement.GetProperty("audit").GetArrayLength() > 0);
    }

    [Fact]
    public void Whoever_stops_it_keeps_what_is_known_with_a_document_that_says_what_is_missing()
    {
        string output = _folder.PathOf("run");
        using Process program = ProgramProcess.Start(
            "curvature", "--epochs", "0", "--samples", "200", "--device", "cpu", "--threads", "2", "--largest", "2", "--smallest", "0", "--probes", "10000",
            "--steps", "300", "--products", "10000000", "--trace-tolerance", "0.5", "--out", output);
        _ = program.StandardOutput.ReadToEndAsync();
        ProgramProcess.AwaitLog(program, output, "notebook: trace: ");
        ProgramProcess.Signal(program, "INT");
        string rest = program.StandardError.ReadToEnd();
        program.WaitForExit();
        Assert.True(program.ExitCode == ExitCodes.Cancelled, rest);
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(output, "curvature.json")));
        JsonElement curvature = document.RootElement.GetProperty("models")[0].GetProperty("curvature");
        Assert.False(curvature.GetProperty("complete").GetBoolean());
        Assert.Contains("quadratures", curvature.GetProperty("stages").EnumerateArray().Select(stage => stage.GetProperty("name").GetString()));
        Assert.NotEmpty(curvature.GetProperty("missing").EnumerateArray());
        Assert.Equal(2, curvature.GetProperty("pairs").GetProperty("found").GetArrayLength());
        Assert.NotEqual(JsonValueKind.Null, curvature.GetProperty("trace").GetProperty("interval").ValueKind);
        Assert.True(File.Exists(Path.Combine(output, "eigenvectors-notebook.npy")));
        Assert.True(File.Exists(Path.Combine(output, "report.html")));
    }

    [Theory]
    [InlineData(ExitCodes.Usage, "The network has no tensor 'fc9'", "--tensors", "fc9")]
    [InlineData(ExitCodes.Usage, "--tensors has an empty name", "--tensors", "conv1,,fc2")]
    [InlineData(ExitCodes.Usage, "--damping must be", "--damping", "1e300")]
    [InlineData(ExitCodes.Usage, "--products must be a whole number from 1 to 10000000", "--products", "1.5")]
    [InlineData(ExitCodes.Data, "nowhere.pt", "--weights", "nowhere.pt")]
    public void Bad_input_ends_with_one_sentence_and_its_exit_code(int expected, string part, params string[] arguments)
    {
        (int exitCode, string error) = ProgramCall.Run(["curvature", .. arguments, "--out", _folder.PathOf("run"), "--device", "cpu", "--samples", "20"]);
        Assert.True(exitCode == expected, error);
        Assert.Contains(part, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.PathOf("run/curvature.json")));
    }

    // Whatever is said of the spectrum, against the spectrum.
    private static void AssertContains(double[] eigenvalues, JsonElement curvature)
    {
        JsonElement[] pairs = [.. curvature.GetProperty("pairs").GetProperty("found").EnumerateArray()];
        Assert.All(pairs, pair => Assert.Contains(eigenvalues, value => IsIn(value, pair.GetProperty("interval"))));
        Assert.True(IsIn(eigenvalues.Sum(), curvature.GetProperty("trace").GetProperty("interval")));
        if (curvature.GetProperty("tensor_traces") is { ValueKind: JsonValueKind.Array } tensors)
            AssertSums(eigenvalues.Sum(), [.. tensors.EnumerateArray()]);
        foreach (JsonElement determinant in curvature.GetProperty("log_determinants").EnumerateArray())
        {
            double exact = eigenvalues.Sum(value => Math.Log(value + determinant.GetProperty("shift").GetDouble()));
            Assert.True(IsIn(exact, determinant.GetProperty("interval")), $"{exact} {determinant}");
            Assert.True(IsIn(exact, determinant.GetProperty("bai_golub")), $"{exact} {determinant}");
        }

        foreach (JsonElement dimension in curvature.GetProperty("effective_dimensions").EnumerateArray())
        {
            double alpha = dimension.GetProperty("alpha").GetDouble(), exact = eigenvalues.Sum(value => value / (value + alpha));
            Assert.True(IsIn(exact, dimension.GetProperty("interval")), $"{exact} {dimension}");
        }

        JsonElement inertia = curvature.GetProperty("inertia");
        double tolerance = inertia.GetProperty("zero_tolerance").GetDouble();
        Assert.True(IsIn(eigenvalues.Count(value => value < -tolerance), inertia.GetProperty("negative")), inertia.ToString());
        Assert.True(IsIn(eigenvalues.Count(value => Math.Abs(value) <= tolerance), inertia.GetProperty("zero")), inertia.ToString());
        Assert.True(IsIn(eigenvalues.Count(value => value > tolerance), inertia.GetProperty("positive")), inertia.ToString());
    }

    // The tensors' intervals add up to one that has the whole trace.
    private static void AssertSums(double trace, JsonElement[] tensors)
    {
        double[][] ends = [.. tensors.Select(tensor => Ends(tensor.GetProperty("interval")))];
        Assert.InRange(trace, ends.Sum(end => end[0]), ends.Sum(end => end[1]));
        Assert.Equal(1, tensors.Sum(tensor => tensor.GetProperty("share").GetDouble()), 1e-9);
        Assert.Contains(tensors, tensor => tensor.GetProperty("exact").GetBoolean());
    }

    private static void AssertDistributionContains(double[] eigenvalues, double[] points)
    {
        for (int i = 0; i < points.Length; i += 3)
        {
            int count = eigenvalues.Count(value => value <= points[i]);
            Assert.InRange(count, points[i + 1] - 1e-6, points[i + 2] + 1e-6);
        }
    }

    private static bool IsIn(double value, JsonElement interval) => Ends(interval) is [var low, var high] && value >= low && value <= high;

    private static double[] Ends(JsonElement interval) => [.. interval.EnumerateArray().Select(end => end.GetDouble())];

    private static double[] Eigenvalues(Matrix matrix)
    {
        using var threads = new Kernels.Threads.HostThreads(1);
        return Curvature.Dense.SymmetricEigenvalues.Compute(matrix, threads);
    }

    private static JsonElement Run(string[] arguments)
    {
        (int exitCode, string output, string error) = ProgramCall.RunForOutput([.. arguments, "--json"]);
        Assert.True(exitCode == 0, error);
        return Assert.Single(JsonElement.Parse(output).GetProperty("models").EnumerateArray());
    }
}
