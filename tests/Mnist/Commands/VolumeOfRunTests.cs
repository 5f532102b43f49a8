using System.Text.Json;
using BasinVolume.Interop.Arrays;
using BasinVolume.Mnist.Commands;

namespace BasinVolume.Mnist.Tests.Commands;

/// <summary>Volumes of a run's model: its constants, the true loss along rays, and its weights moved to a stationary point.</summary>
public sealed class VolumeOfRunTests(VolumeOfRunTests.FinishedRun run) : IClassFixture<VolumeOfRunTests.FinishedRun>, IDisposable
{
    private const int Parameters = 1710;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_has_the_runs_constants_and_loss()
    {
        JsonElement model = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(run.Folder, "result.json"))).RootElement.GetProperty("models")[0];
        JsonElement root = Volume("--rays", "16");
        Assert.Equal(Number(model.GetProperty("hessian"), "loss"), Number(root, "loss"));
        double expected = Number(model.GetProperty("volume").GetProperty("notebook"), "log_volume");
        Assert.Equal(expected, Number(Definition(root, "notebook"), "log_volume"), 1e-12 * Math.Abs(expected));
        JsonElement constants = root.GetProperty("constants");
        Assert.Equal((3, 1e-5, 0.5), (Number(constants, "k"), Number(constants, "weight_decay"), Number(constants, "sigma")));
        Assert.Equal("origin", constants.GetProperty("prior_centre").GetString());
        Assert.True(Number(Definition(root, "measure"), "log_probability") < 0);
        Assert.Equal(JsonValueKind.Null, root.GetProperty("converge").ValueKind);
    }

    [Fact]
    public void Too_few_rays_give_a_lower_bound_and_no_value_anywhere()
    {
        JsonElement root = Volume("--rays", "16"), rays = Definition(root, "rays"), found = root.GetProperty("rays");
        Assert.Equal((16, 16), (found.GetProperty("rays").GetInt32(), found.GetProperty("reached").GetInt32()));
        // The prior of rays is around the weights unless another is asked for, and said.
        Assert.Equal(
            ("weights", "origin"), (found.GetProperty("prior_centre").GetString(), root.GetProperty("constants").GetProperty("prior_centre").GetString()));
        Assert.Equal("origin", Volume("--rays", "2", "--prior-centre", "origin").GetProperty("rays").GetProperty("prior_centre").GetString());
        foreach (JsonElement value in new[] { rays, found.GetProperty("lebesgue") })
        {
            Assert.False(value.GetProperty("applies").GetBoolean() || value.GetProperty("reliable").GetBoolean());
            foreach (string key in new[] { "standard_error", "interval" })
                Assert.Equal(JsonValueKind.Null, value.GetProperty(key).ValueKind);
            Assert.InRange(Number(value, "effective_sample_size"), 1, 16);
            Assert.Contains("of 16 rays carry the mean where 30 are needed", value.GetProperty("reason").GetString(), StringComparison.Ordinal);
            Assert.True(double.IsFinite(Number(value, "lower_bound")));
        }

        Assert.Equal(JsonValueKind.Null, rays.GetProperty("log_probability").ValueKind);
        JsonElement sweep = root.GetProperty("sweeps").GetProperty("threshold");
        foreach (string key in new[] { "rays", "rays_interval", "rays_slope", "rays_lebesgue", "rays_lebesgue_standard_error" })
            Assert.All(sweep.GetProperty(key).EnumerateArray(), value => Assert.Equal(JsonValueKind.Null, value.ValueKind));
        Assert.All(sweep.GetProperty("rays_effective_sample_size").EnumerateArray(), value => Assert.InRange(value.GetDouble(), 1, 16));
    }

    [Fact]
    public void Around_the_weights_plain_draws_kinks_and_slopes_stand_beside_the_rays()
    {
        string[] setting = ["--sigma", "0.03", "--threshold", "0.03", "--threshold-kind", "excess", "--prior-centre", "weights"];
        JsonElement root = Volume(["--rays", "100", .. setting]), rays = root.GetProperty("rays"), value = Definition(root, "rays");
        Assert.Equal("tilted", rays.GetProperty("preconditioner").GetString());
        JsonElement draws = rays.GetProperty("prior_draws");
        double both = Math.Sqrt(Math.Pow(Number(draws, "standard_error"), 2) + Math.Pow(Number(value, "standard_error"), 2));
        Assert.Equal(Number(draws, "log_probability"), Number(value, "log_probability"), 4 * both);
        Assert.True(value.GetProperty("applies").GetBoolean() && value.GetProperty("reliable").GetBoolean());
        Assert.Equal(Number(value, "log_probability"), value.GetProperty("split").EnumerateObject().Sum(term => term.Value.GetDouble()), 1e-9);
        Assert.Equal(Number(value, "log_probability") - (2 * Number(value, "standard_error")), value.GetProperty("interval")[0].GetDouble(), 1e-9);
        Assert.Equal(Number(Definition(root, "measure"), "mean"), Number(draws, "quadratic_mean_rise"));
        Assert.Equal(Number(Definition(root, "measure"), "log_probability"), Number(rays, "quadratic_log_probability"));
        Assert.InRange(Number(rays.GetProperty("switched"), "relus"), 1e-4, 0.2);
        Assert.InRange(Number(rays.GetProperty("switched"), "max_pools"), 1e-4, 0.5);
        JsonElement sweep = root.GetProperty("sweeps").GetProperty("threshold");
        double[] values = [.. sweep.GetProperty("rays").EnumerateArray().Skip(3).Select(point => point.GetDouble())];
        double[] errors = [.. sweep.GetProperty("rays_standard_error").EnumerateArray().Skip(3).Select(point => point.GetDouble())];
        Assert.True(values.Zip(values[1..]).All(pair => pair.First <= pair.Second + (2 * errors[0])), "a basin grows with its threshold");
        Assert.Equal(Number(value, "log_probability"), values[0]);
        Assert.Equal((values[2] - values[0]) / Math.Log(4), sweep.GetProperty("rays_slope")[4].GetDouble(), 1e-9);
        // Shaped by the Hessian, where they are asked for, they measure the same volume.
        Assert.Equal(
            "hessian", Volume(["--rays", "8", "--preconditioner", "hessian", .. setting]).GetProperty("rays").GetProperty("preconditioner").GetString());
    }

    [Fact]
    public void With_the_convolution_held_the_loss_is_smooth_and_measure_rays_levels_and_draws_agree()
    {
        // The first ten parameters are the convolution's, the only ones with kinks behind them.
        Npy.Write<double>(_folder.PathOf("s.npy"), [Parameters], [.. Enumerable.Range(0, Parameters).Select(j => j < 10 ? 0.0 : 0.1)]);
        JsonElement root = Volume(
            "--rays", "300", "--sigma-file", _folder.PathOf("s.npy"), "--threshold", "0.1", "--threshold-kind", "excess", "--prior-centre", "weights",
            "--preconditioner", "identity", "--population", "64");
        JsonElement rays = Definition(root, "rays"), draws = root.GetProperty("rays").GetProperty("prior_draws");
        double measure = Number(Definition(root, "measure"), "log_probability");
        Assert.InRange(measure, -3, -0.1);
        Assert.InRange(Number(draws, "standard_error"), 0.01, 0.2);
        Assert.Equal(measure, Number(draws, "log_probability"), 3 * Number(draws, "standard_error"));
        Assert.Equal(measure, Number(rays, "log_probability"), 3 * Number(rays, "standard_error"));
        Assert.Equal(Number(draws, "quadratic_mean_rise"), Number(draws, "mean_rise"), 4 * Number(draws, "mean_rise_standard_error"));
        Assert.Equal(0, Number(root.GetProperty("rays").GetProperty("switched"), "relus"));
        JsonElement levels = Definition(root, "levels");
        Assert.True(levels.GetProperty("reliable").GetBoolean());
        Assert.InRange(measure, levels.GetProperty("interval")[0].GetDouble(), levels.GetProperty("interval")[1].GetDouble());
        Assert.InRange(Number(levels, "standard_error"), 0.01, 0.3);
    }

    [Fact]
    public void The_main_jobs_own_model_agrees_at_a_tenth()
    {
        string main = _folder.PathOf("main");
        (int exitCode, string error) = ProgramCall.Run("notebook", "--seed", "1", "--device", "cpu", "--threads", "2", "--out", main);
        Assert.True(exitCode == 0, error);
        // Half of the trace times σ²: what the quadratic rises by on average, 0.25 with the l2 model of this seed.
        double trace = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(main, "result.json"))).RootElement.GetProperty("models")[1].GetProperty("hessian")
            .GetProperty("trace")
            .GetDouble();
        string threshold = (trace * 0.005).ToString("r", System.Globalization.CultureInfo.InvariantCulture);
        JsonElement root = VolumeOf(
            main, "--name", "l2", "--rays", "120", "--sigma", "0.1", "--threshold", threshold, "--threshold-kind", "excess", "--prior-centre", "weights");
        double measure = Number(Definition(root, "measure"), "log_probability");
        JsonElement rays = Definition(root, "rays"), draws = root.GetProperty("rays").GetProperty("prior_draws");
        Assert.InRange(measure, -1, -0.3);
        Assert.InRange(Number(draws, "standard_error"), 0.02, 0.12);
        Assert.InRange(Number(rays, "standard_error"), 0.02, 0.12);
        Assert.Equal(Number(draws, "log_probability"), measure, 3 * Number(draws, "standard_error"));
        Assert.Equal(Number(rays, "log_probability"), measure, 3 * Number(rays, "standard_error"));
        Assert.Equal(Number(draws, "log_probability"), Number(rays, "log_probability"), 3 * Math.Sqrt(
            Math.Pow(Number(draws, "standard_error"), 2) + Math.Pow(Number(rays, "standard_error"), 2)));
    }

    [Fact]
    public void Its_weights_can_be_moved_to_a_stationary_point_first()
    {
        JsonElement root = Volume("--rays", "0", "--converge", "--converge-tolerance", "1e-3"), converge = root.GetProperty("converge");
        Assert.Equal("converged", converge.GetProperty("outcome").GetString());
        Assert.InRange(Number(converge, "gradient_norm"), 0, 1e-3);
        Assert.True(Number(converge, "gradient_norm_before") > 0.1);
        Assert.Equal(Number(converge, "loss"), Number(root, "loss"), 1e-9);
        Assert.Equal(Number(converge, "gradient_norm"), Number(root.GetProperty("hessian"), "gradient_norm"), 1e-9);
        Assert.True(Number(converge, "loss") < Number(converge, "loss_before"));
        Assert.True(converge.GetProperty("steps").GetArrayLength() > 1);
        // The weights are there to go on with: the run of them has that loss.
        string again = _folder.PathOf("again");
        FinishedRun.Compute(Path.Combine(_folder.PathOf("out"), converge.GetProperty("weights").GetString()!), again);
        JsonElement result = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(again, "result.json"))).RootElement;
        JsonElement hessian = result.GetProperty("models")[0].GetProperty("hessian");
        Assert.Equal(Number(converge, "loss"), Number(hessian, "loss"), 1e-9);
        // What stood there before is what stands there without; that run takes the place of the first.
        JsonElement before = converge.GetProperty("before"), unmoved = Volume("--rays", "0").GetProperty("definitions");
        Assert.Equal(Number(unmoved.GetProperty("notebook"), "log_volume"), Number(before.GetProperty("notebook"), "log_volume"));
        Assert.NotEqual(Number(Definition(root, "notebook"), "log_volume"), Number(before.GetProperty("notebook"), "log_volume"));
    }

    [Fact]
    public void Without_its_images_rays_cannot_be_followed()
        => Assert.Equal(
            ExitCodes.Data,
            ProgramCall.Run("volume", "--run", run.Folder, "--rays", "1", "--data", "nowhere", "--force", "--out", _folder.PathOf("out")).ExitCode);

    [Fact]
    public void One_point_is_no_population()
    {
        (int exitCode, string error) = ProgramCall.Run("volume", "--run", run.Folder, "--population", "1", "--out", _folder.PathOf("out"));
        Assert.Equal(ExitCodes.Usage, exitCode);
        Assert.Contains("--population 1 is no population", error, StringComparison.Ordinal);
    }

    private JsonElement Volume(params string[] arguments) => VolumeOf(run.Folder, arguments);

    private JsonElement VolumeOf(string folder, params string[] arguments)
    {
        // Where nothing looks at the loss there is nothing for a device.
        string[] device = arguments is ["--rays", "0", ..] && !arguments.Contains("--converge") ? [] : ["--device", "cpu"];
        (int exitCode, string error) = ProgramCall.Run(
        [
            "volume", "--run", folder, .. device, "--threads", "2", "--force", "--out", _folder.PathOf("out"),
            .. arguments.Contains("--population") ? [] : (string[])["--population", "0"], .. arguments,
        ]);
        Assert.True(exitCode == 0, error);
        return JsonDocument.Parse(File.ReadAllBytes(_folder.PathOf("out/volume.json"))).RootElement;
    }

    private static JsonElement Definition(JsonElement root, string name) => root.GetProperty("definitions").GetProperty(name);

    private static double Number(JsonElement element, string key) => element.GetProperty(key).GetDouble();

    /// <summary>A run of the notebook's trained l2 model on forty images.</summary>
    public sealed class FinishedRun : IDisposable
    {
        private readonly TemporaryFolder _folder = new();

        public FinishedRun() => Compute(TestFiles.Fixture("Interop", "l2_trained.pt"), Folder);

        public string Folder => _folder.PathOf("run");

        public static void Compute(string weights, string folder)
        {
            (int exitCode, string error) = ProgramCall.Run(
                "hessian", "--model", "notebook", "--weights", weights, "--samples", "40", "--device", "cpu", "--threads", "2", "--k", "3", "--out", folder);
            Assert.True(exitCode == 0, error);
        }

        public void Dispose() => _folder.Dispose();
    }
}
