using System.Text.Json;
using BasinVolume.Basins;
using BasinVolume.Interop.Arrays;
using BasinVolume.Mnist.Commands;
using BasinVolume.Report.Tests.Pictures;

namespace BasinVolume.Mnist.Tests.Commands;

/// <summary>Volumes as a person asks for them, against closed forms.</summary>
public sealed class VolumeCommandTests : IDisposable
{
    private static readonly string[] Names = [.. BasinVolumes.All.Select(definition => definition.Name)];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_ellipsoid_has_its_area_and_every_definition_is_in_the_file()
    {
        // H = diag(1, 4), T = ½: half-axes 1 and ½, area π/2.
        JsonElement root = Run("--hessian", Diagonal(1, 4), "--threshold", "0.5");
        JsonElement quadratic = Definition(root, "quadratic");
        Assert.True(quadratic.GetProperty("applies").GetBoolean());
        Assert.Equal(Math.Log(Math.PI / 2), Number(quadratic, "log_volume"), 1e-14);
        Assert.Equal(0.451583, Number(quadratic, "log_volume"), 5e-7);
        Assert.Equal((1, 2, 0.5), (Count(root, "schema"), Count(root, "parameters"), Number(root, "threshold")));
        Assert.Equal(JsonValueKind.Null, root.GetProperty("loss").ValueKind);
        Assert.Equal("excess", root.GetProperty("threshold_kind").GetString());
        Assert.Equal(Names, root.GetProperty("definitions").EnumerateObject().Select(definition => definition.Name));
        Assert.All(root.GetProperty("definitions").EnumerateObject().Where(definition => definition.Name is not ("rays" or "levels")), definition =>
        {
            JsonElement entry = definition.Value;
            string value = ValueOf(definition.Value);
            Assert.Equal(Number(entry, value), entry.GetProperty("split").EnumerateObject().Sum(term => term.Value.GetDouble()), 1e-12);
            Assert.Equal(JsonValueKind.Null, entry.GetProperty("reason").ValueKind);
            Assert.Equal(JsonValueKind.Null, entry.GetProperty("standard_error").ValueKind);
        });
        foreach (string name in (string[])["rays", "levels"])
        {
            Assert.False(Definition(root, name).GetProperty("applies").GetBoolean());
            Assert.Contains("network", Definition(root, name).GetProperty("reason").GetString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void How_exact_the_matrix_is_decides_its_inertia()
    {
        // 1e-11 is a zero mode of real data, and said to be one: no ellipsoid then.
        string file = Diagonal(1, 1e-11);
        JsonElement exact = Run("--hessian", file).GetProperty("hessian");
        Assert.Equal((2, 0), (Count(exact, "positive"), Count(exact, "zero")));
        JsonElement root = Run("--hessian", file, "--zero-tolerance", "1e-10");
        JsonElement hessian = root.GetProperty("hessian");
        Assert.Equal((1, 1), (Count(hessian, "positive"), Count(hessian, "zero")));
        Assert.Equal((1e-10, 1e-10), (Number(hessian, "zero_tolerance"), Number(hessian, "stated_zero_tolerance")));
        Assert.False(Definition(root, "quadratic").GetProperty("applies").GetBoolean());
    }

    [Fact]
    public void The_notebooks_numbers_give_the_notebooks_volume()
    {
        // Any H with the notebook's printed ½ log det(H + (λ + c)I), here a multiple of the unit matrix.
        const int N = 1710;
        double h = Math.Exp(2 * 1190.5987548828125 / N) - 4.00001;
        JsonElement root = Run("--hessian", Diagonal([.. Enumerable.Repeat(h, N)]), "--threshold", "2", "--weight-decay", "1e-5", "--k", "1", "--sigma", "0.5");
        Assert.Equal(-3948.0592689, Number(Definition(root, "notebook"), "log_volume"), 6e-8);
    }

    [Fact]
    public void A_centred_isotropic_measure_is_an_incomplete_gamma_function()
    {
        // n = 10, h = 2, σ² = ¼, T = 0.1: exact −13.000946705648; the saddle-point formula errs by 6e-3 at n = 10.
        JsonElement root = Run("--hessian", Diagonal([.. Enumerable.Repeat(2.0, 10)]), "--threshold", "0.1");
        JsonElement measure = Definition(root, "measure");
        Assert.Equal(-13.000946705648, Number(measure, "log_probability"), 1e-11);
        Assert.InRange(Number(measure, "error"), 0, 1e-11);
        Assert.InRange(Math.Abs(Number(measure, "saddle_point") + 13.000946705648), 1e-3, 1e-2);
        Assert.Equal("minimum", measure.GetProperty("shape").GetString());
        Assert.Equal(Number(measure, "log_probability") / Math.Log(2), Number(measure, "log_probability_bits"), 1e-12);
    }

    [Fact]
    public void An_indefinite_hessian_leaves_the_quadratic_with_its_inertia_and_the_measure_with_a_value()
    {
        JsonElement root = Run("--hessian", Diagonal(1, 4, -0.25, 0, 2), "--threshold", "0.5");
        JsonElement quadratic = Definition(root, "quadratic");
        Assert.False(quadratic.GetProperty("applies").GetBoolean());
        Assert.Contains("3 positive, 1 zero and 1 negative", quadratic.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, quadratic.GetProperty("log_volume").ValueKind);
        Assert.True(Number(Definition(root, "measure"), "log_probability") < 0);
        Assert.Equal("saddle", Definition(root, "measure").GetProperty("shape").GetString());
    }

    [Theory]
    [InlineData("saddle", -3.0, 1.0, 2.0)]
    [InlineData("maximum", -3.0, -1.0, 0.0)]
    public void An_indefinite_hessian_has_no_fuzzy_volume_anywhere(string shape, params double[] diagonal)
    {
        JsonElement root = Run("--hessian", Diagonal(diagonal), "--threshold", "0.5", "--temperature", "10");
        JsonElement fuzzy = Definition(root, "fuzzy");
        Assert.False(fuzzy.GetProperty("applies").GetBoolean());
        Assert.Contains($"no probability at a {shape}", fuzzy.GetProperty("reason").GetString(), StringComparison.Ordinal);
        foreach (string key in (string[])["log_probability", "effective_dimension"])
            Assert.Equal(JsonValueKind.Null, fuzzy.GetProperty(key).ValueKind);
        foreach (string constant in (string[])["threshold", "k"])
            Assert.All(root.GetProperty("sweeps").GetProperty(constant).GetProperty("fuzzy").EnumerateArray(), value => Assert.Equal(
                JsonValueKind.Null, value.ValueKind));
        Assert.Equal(shape, Definition(root, "measure").GetProperty("shape").GetString());
    }

    [Theory]
    [InlineData("0", "empty")]
    [InlineData("-0.5", "empty")]
    [InlineData("0", "empty", "--loss-value", "0.3")]
    [InlineData("-1", "empty", "--loss-value", "0.3")]
    [InlineData("0", "empty", "--loss-value", "0")]
    public void A_threshold_that_is_not_positive_is_an_empty_basin(string threshold, string why, params string[] more)
    {
        JsonElement root = Run(["--hessian", Diagonal(1, 4), "--threshold", threshold, .. more]);
        foreach (string name in (string[])["measure", "quadratic", "notebook"])
        {
            Assert.False(Definition(root, name).GetProperty("applies").GetBoolean());
            Assert.Contains(why, Definition(root, name).GetProperty("reason").GetString(), StringComparison.Ordinal);
        }

        // The sweep is over rises that are not.
        Assert.All(root.GetProperty("sweeps").GetProperty("threshold").GetProperty("excess").EnumerateArray(), rise => Assert.True(rise.GetDouble() > 0));
        Assert.All(root.GetProperty("sweeps").GetProperty("threshold").GetProperty("measure").EnumerateArray(), value => Assert.True(value.GetDouble() < 0));
    }

    [Theory]
    [InlineData("1e-320")]
    [InlineData("1e100")]
    public void A_threshold_of_any_size_has_a_sweep(string threshold)
    {
        JsonElement sweep = Run("--hessian", Diagonal(1, 4), "--threshold", threshold).GetProperty("sweeps").GetProperty("threshold");
        Assert.Equal(7, sweep.GetProperty("fuzzy").EnumerateArray().Count(value => value.GetDouble() < 0));
    }

    [Theory]
    [InlineData("minimum", 1.0)] // n = 1
    [InlineData("flat", 0.0, 0.0, 0.0)]
    [InlineData("minimum", 1.0, 2.0, 1e300)]
    public void Matrices_at_the_edge_have_a_status_and_a_reason(string shape, params double[] diagonal)
    {
        JsonElement root = Run("--hessian", Diagonal(diagonal), "--threshold", "0.5");
        JsonElement measure = Definition(root, "measure");
        Assert.Equal(shape, measure.GetProperty("shape").GetString());
        foreach (JsonProperty definition in root.GetProperty("definitions").EnumerateObject())
        {
            bool applies = definition.Value.GetProperty("applies").GetBoolean();
            Assert.Equal(applies, definition.Value.GetProperty("reason").ValueKind == JsonValueKind.Null);
            if (applies)
                Assert.True(double.IsFinite(Number(definition.Value, ValueOf(definition.Value))));
        }
    }

    [Fact]
    public void A_loss_above_the_threshold_is_an_empty_basin_and_no_failure()
    {
        JsonElement root = Run("--hessian", Diagonal(1, 4), "--threshold", "2", "--loss-value", "2.99");
        Assert.Equal("absolute", root.GetProperty("threshold_kind").GetString());
        foreach (string name in (string[])["quadratic", "measure"])
        {
            Assert.False(Definition(root, name).GetProperty("applies").GetBoolean());
            Assert.Contains("empty", Definition(root, name).GetProperty("reason").GetString(), StringComparison.Ordinal);
        }

        // The notebook's formula does not look at the loss.
        Assert.True(Definition(root, "notebook").GetProperty("applies").GetBoolean());
    }

    [Fact]
    public void A_gradient_moves_the_basin_when_it_is_asked_to()
    {
        // g = (1, 0): gᵀH⁻¹g = 1, so ΔT_eff = ½ + ½ and the area is π · 2/√4.
        Npy.Write<double>(_folder.PathOf("g.npy"), [2], [1, 0]);
        string[] arguments = ["--hessian", Diagonal(1, 4), "--gradient", _folder.PathOf("g.npy"), "--threshold", "0.5"];
        JsonElement still = Definition(Run(arguments), "quadratic"), moved = Definition(Run([.. arguments, "--centre", "minimum"]), "quadratic");
        Assert.Equal((1, 1), (Number(still, "newton_decrement"), Number(moved, "newton_decrement")));
        Assert.Equal(Math.Log(Math.PI / 2), Number(still, "log_volume"), 1e-14);
        Assert.Equal(Math.Log(Math.PI), Number(moved, "log_volume"), 1e-14);
    }

    [Fact]
    public void A_penalty_in_the_loss_is_counted_once()
    {
        // θ* = (3, 4), λ = 2: the loss rises from 0.25 to 25.25, H to diag(3, 6).
        Npy.Write<double>(_folder.PathOf("w.npy"), [2], [3, 4]);
        JsonElement root = Run(
            "--hessian", Diagonal(1, 4), "--weights", _folder.PathOf("w.npy"), "--loss-value", "0.25", "--threshold", "25.75", "--weight-decay", "2",
            "--penalty", "included");
        Assert.Equal(25.25, Number(root, "loss"), 1e-14);
        JsonElement quadratic = Definition(root, "quadratic");
        Assert.Equal(0.5, Number(quadratic, "excess"), 1e-14);
        Assert.Equal(Math.Log(Math.PI / Math.Sqrt(18)), Number(quadratic, "log_volume"), 1e-13);
        // log V_2 by Stirling + log(2T) − ½ log((1 + 2 + 4)(4 + 2 + 4)), the λ once.
        double stirling = (0.5 * Math.Log(1 / (2 * Math.PI))) + Math.Log(Math.PI * Math.E);
        Assert.Equal(stirling + Math.Log(51.5) - (0.5 * Math.Log(70)), Number(Definition(root, "notebook"), "log_volume"), 1e-13);
    }

    [Fact]
    public void A_deviation_for_each_parameter_is_a_prior_of_that_shape()
    {
        // H = diag(1, 4) under σ = (2, 1) is 4·(z₁² + z₂²)/2 in deviations: P = 1 − exp(−ΔT/4) in two dimensions.
        // A third parameter with σ = 0 stays where it is.
        Npy.Write<double>(_folder.PathOf("s.npy"), [2], [2, 1]);
        JsonElement measure = Definition(Run("--hessian", Diagonal(1, 4), "--threshold", "0.5", "--sigma-file", _folder.PathOf("s.npy")), "measure");
        JsonElement round = Definition(Run("--hessian", Diagonal(4, 4), "--threshold", "0.5", "--sigma", "1"), "measure");
        Assert.Equal(Number(round, "log_probability"), Number(measure, "log_probability"), 1e-12);
        Assert.Equal(Math.Log(1 - Math.Exp(-0.5 / 4)), Number(measure, "log_probability"), 1e-13);

        Npy.Write<double>(_folder.PathOf("s.npy"), [3], [2, 1, 0]);
        JsonElement root = Run("--hessian", Diagonal(1, 4, 100), "--threshold", "0.5", "--sigma-file", _folder.PathOf("s.npy"));
        Assert.Equal(Number(measure, "log_probability"), Number(Definition(root, "measure"), "log_probability"), 1e-12);
        // (s + σ²h)/s = 5 twice at temperature 1.
        Assert.Equal(-Math.Log(5), Number(Definition(root, "fuzzy"), "log_probability"), 1e-12);
        // What needs no prior keeps all three: log V_3 + (3/2) log 2ΔT − ½ log 400.
        Assert.Equal(Math.Log(4 * Math.PI / 3) - (0.5 * Math.Log(400)), Number(Definition(root, "quadratic"), "log_volume"), 1e-10);
        Assert.EndsWith("s.npy", root.GetProperty("constants").GetProperty("sigma_file").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_parameter_that_is_held_away_from_the_weights_counts_from_the_loss_at_the_weights()
    {
        // H = I, θ* = (1, 1), prior around 0: log Z(1) = −½ log(1 + ¼) − ½/(1 + ¼) − ½; E Q = ½(¼ + 1) + ½.
        Npy.Write<double>(_folder.PathOf("w.npy"), [2], [1, 1]);
        string[] arguments = ["--hessian", Diagonal(1, 1), "--weights", _folder.PathOf("w.npy"), "--threshold", "2", "--sigma-file", _folder.PathOf("s.npy")];
        foreach (double sigma in (double[])[0, 1e-9])
        {
            foreach (string[] loss in (string[][])[[], ["--loss-value", "0.25"]])
            {
                Npy.Write<double>(_folder.PathOf("s.npy"), [2], [0.5, sigma]);
                JsonElement root = Run([.. arguments, .. loss]), measure = Definition(root, "measure");
                Assert.Equal(-1.0115717756571049, Number(Definition(root, "fuzzy"), "log_probability"), 1e-8);
                Assert.Equal(1.125, Number(measure, "mean"), 1e-8);
                Assert.Equal(loss.Length == 0 ? 2 : 1.75, Number(measure, "excess"));
                Assert.Contains(
                    sigma == 0 ? "each σ_j = 0.5; the other 1 of 2 stay at 0" : "σ_j from 1E-09 to 0.5",
                    measure.GetProperty("assumptions")[1].GetString(),
                    StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Sweeps_go_with_their_constants()
    {
        JsonElement root = Run("--hessian", Diagonal(1, 4), "--threshold", "0.5"), sweeps = root.GetProperty("sweeps");
        double[] Of(string constant, string key) => [.. sweeps.GetProperty(constant).GetProperty(key).EnumerateArray().Select(value => value.GetDouble())];
        double[] thresholds = Of("threshold", "threshold");
        Assert.Equal([0.0625, 0.125, 0.25, 0.5, 1, 2, 4], thresholds);
        Assert.Equal(thresholds, Of("threshold", "excess"));
        // The area of an ellipse is proportional to ΔT; so is the fuzzy volume at small temperatures.
        Assert.All(Of("threshold", "quadratic").Zip(thresholds), pair => Assert.Equal(Math.Log(Math.PI * pair.Second), pair.First, 1e-12));
        Assert.Equal(Number(Definition(root, "measure"), "log_probability"), Of("threshold", "measure")[3], 1e-12);
        Assert.Equal(Number(Definition(root, "notebook"), "log_volume"), Of("threshold", "notebook")[3], 1e-12);
        Assert.Equal(Number(Definition(root, "notebook"), "log_volume"), Of("k", "notebook")[3], 1e-12);
        Assert.Equal(Number(Definition(root, "fuzzy"), "log_probability"), Of("k", "fuzzy")[3], 1e-12);
        Assert.Equal([1e-3, 1e-2, 1e-1, 1, 10, 100, 1000], Of("k", "k"));
        Drawn.AssertPixels(_folder.PathOf("out/volume.png"));
    }

    [Theory]
    [InlineData(ExitCodes.Usage, "either from --hessian")]
    [InlineData(ExitCodes.Usage, "give it with --loss", "--hessian", "h.npy", "--threshold-kind", "absolute")]
    [InlineData(ExitCodes.Usage, "give them with --weights", "--hessian", "h.npy", "--prior-centre", "origin")]
    [InlineData(ExitCodes.Usage, "--sigma must be a number from 1e-30 to 1e15", "--hessian", "h.npy", "--sigma", "0")]
    [InlineData(ExitCodes.Usage, "--loss-value", "--run", "nowhere", "--loss-value", "1")]
    [InlineData(ExitCodes.Usage, "--converge-steps must be a whole number from 1 to 10000000", "--run", "nowhere", "--converge", "--converge-steps", "0")]
    [InlineData(ExitCodes.Usage, "--converge-tolerance must be a number from 1e-100 to 1e100", "--run", "nowhere", "--converge", "--converge-tolerance", "0")]
    [InlineData(ExitCodes.Data, "h.npy", "--hessian", "h.npy")]
    [InlineData(ExitCodes.Data, "result.json", "--run", "nowhere")]
    public void Bad_input_ends_with_one_sentence_and_its_exit_code(int expected, string part, params string[] arguments)
    {
        (int exitCode, string error) = ProgramCall.Run(["volume", .. arguments, "--out", _folder.PathOf("out")]);
        Assert.Equal(expected, exitCode);
        Assert.Contains(part, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("has 3 elements where 2 are expected", 1.0, 1.0, 1.0)]
    [InlineData("at index 1 where a deviation of at least 0", 1.0, -1.0)]
    [InlineData("nothing but zeros", 0.0, 0.0)]
    public void Deviations_that_do_not_fit_are_refused(string part, params double[] deviations)
    {
        Npy.Write<double>(_folder.PathOf("s.npy"), [deviations.Length], deviations);
        (int exitCode, string error) = ProgramCall.Run(
            "volume", "--hessian", Diagonal(1, 4), "--sigma-file", _folder.PathOf("s.npy"), "--out", _folder.PathOf("out"));
        Assert.Equal(ExitCodes.Data, exitCode);
        Assert.Contains(part, error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stationary_point_needs_a_network()
    {
        (int exitCode, string error) = ProgramCall.Run("volume", "--hessian", Diagonal(1, 4), "--converge", "--out", _folder.PathOf("out"));
        Assert.Equal(ExitCodes.Usage, exitCode);
        Assert.Contains("--converge is of the true loss, which a matrix does not tell", error, StringComparison.Ordinal);
    }

    private JsonElement Run(params string[] arguments)
    {
        (int exitCode, string error) = ProgramCall.Run(["volume", .. arguments, "--threads", "2", "--force", "--out", _folder.PathOf("out")]);
        Assert.True(exitCode == 0, error);
        return JsonDocument.Parse(File.ReadAllBytes(_folder.PathOf("out/volume.json"))).RootElement;
    }

    private string Diagonal(params double[] entries)
    {
        int n = entries.Length;
        double[] matrix = new double[n * n];
        for (int i = 0; i < n; i++)
            matrix[i * (n + 1)] = entries[i];
        Npy.Write<double>(_folder.PathOf("h.npy"), [n, n], matrix);
        return _folder.PathOf("h.npy");
    }

    private static JsonElement Definition(JsonElement root, string name) => root.GetProperty("definitions").GetProperty(name);

    // A definition has the key of its unit and no other.
    private static string ValueOf(JsonElement definition)
        => new[] { "log_volume", "log_probability" }.Single(key => definition.TryGetProperty(key, out _));

    private static double Number(JsonElement element, string key) => element.GetProperty(key).GetDouble();

    private static int Count(JsonElement element, string key) => element.GetProperty(key).GetInt32();
}
