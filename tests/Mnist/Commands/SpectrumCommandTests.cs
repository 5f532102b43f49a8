using System.Text.Json;
using BasinVolume.Interop.Arrays;
using BasinVolume.Mnist.Commands;
using SixLabors.ImageSharp;

namespace BasinVolume.Mnist.Tests.Commands;

/// <summary>The spectrum of a matrix as a person asks for it, against closed forms.</summary>
public sealed class SpectrumCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_singular_indefinite_matrix_gets_every_key_and_file()
    {
        // diag(3, −1, 0, 1/2): det = 0, det(A + I) and det(A + 2I) = 5·1·2·2.5.
        JsonElement root = Run(Matrix(4, 3, 0, 0, 0, 0, -1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0.5), "--damping", "1,2");
        Assert.Equal(["eigenvalues.npy", "report.html", "spectrum-dark.png", "spectrum.json", "spectrum.log", "spectrum.png"], Files());
        Assert.Equal([-1, 0, 0.5, 3], Read("eigenvalues.npy"));
        string[] keys = ["seconds", "method", "min", "max", "positive", "zero", "negative", "zero_tolerance", "structural_zeros", "log_determinant", "damping"];
        Assert.All(keys, key => Assert.True(root.TryGetProperty(key, out _), key));
        Assert.Equal((-1, 3), (Number(root, "min"), Number(root, "max")));
        Assert.Equal((2, 1, 1, 0), (Count(root, "positive"), Count(root, "zero"), Count(root, "negative"), Count(root, "structural_zeros")));
        // n 2⁻⁵² max|λ|.
        Assert.Equal(12 * Math.ScaleB(1, -52), Number(root, "zero_tolerance"));
        JsonElement determinant = root.GetProperty("log_determinant");
        Assert.Equal((0, 3), (Count(determinant, "sign"), Count(determinant, "rank")));
        Assert.Equal(JsonValueKind.Null, determinant.GetProperty("log_abs").ValueKind);
        Assert.Equal(Math.Log(1.5), Number(determinant, "pseudo"), 1e-15);
        JsonElement[] damping = [.. root.GetProperty("damping").EnumerateArray()];
        Assert.Equal([1, 2], damping.Select(point => Number(point, "mu")));
        // A + I is singular still: no determinant and no slope.
        Assert.Equal(JsonValueKind.Null, damping[0].GetProperty("log_determinant").ValueKind);
        Assert.Equal(JsonValueKind.Null, damping[0].GetProperty("slope").ValueKind);
        Assert.Equal(Math.Log(25), Number(damping[1], "log_determinant"), 1e-14);
        // Σ μ/(λ + μ).
        Assert.Equal((2 / 5.0) + (2 / 1.0) + 1 + (2 / 2.5), Number(damping[1], "slope"), 1e-14);
        using Image picture = Image.Load(PathOf("spectrum.png"));
        Assert.Equal((760, 460), (picture.Width, picture.Height));
    }

    [Fact]
    public void Eigenvectors_are_columns_at_both_ends_with_their_eigenvalues_and_residuals()
    {
        // [[0, 2], [2, 3]]: λ² − 3λ − 4 = 0, so −1 and 4, with (2, −1)/√5 and (1, 2)/√5.
        JsonElement root = Run(Matrix(2, 0, 2, 2, 3), "--vectors", "1", "--range", "largest:1");
        Assert.Equal([4], Read("eigenvalues.npy"), Near);
        NpyArray vectors = Npy.Read(PathOf("eigenvectors.npy"));
        Assert.Equal([2, 2], vectors.Shape);
        double[] v = vectors.AsDoubles();
        Assert.Equal([2, -1], Column(0), Near);
        Assert.Equal([1, 2], Column(1), Near);
        JsonElement[] pairs = [.. root.GetProperty("eigenpairs").EnumerateArray()];
        Assert.Equal([-1, 4], pairs.Select(pair => Number(pair, "eigenvalue")), Near);
        Assert.All(pairs, pair => Assert.InRange(Number(pair, "residual"), 0, 4 * 4 * Math.ScaleB(1, -52)));
        Assert.Equal(-1, Number(root, "min"), 1e-14);
        JsonElement determinant = root.GetProperty("log_determinant");
        Assert.Equal(-1, Count(determinant, "sign"));
        Assert.Equal(Math.Log(4), Number(determinant, "log_abs"), 1e-14);

        // The sign of an eigenvector is arbitrary.
        double[] Column(int k) => [Math.Sqrt(5) * v[k] * Math.Sign(v[k]), Math.Sqrt(5) * v[2 + k] * Math.Sign(v[k])];
    }

    [Fact]
    public void A_definite_matrix_has_no_most_negative_eigenvectors()
    {
        JsonElement root = Run(Matrix(3, 1, 0, 0, 0, 2, 0, 0, 0, 4), "--vectors", "2");
        Assert.Equal([2, 4], root.GetProperty("eigenpairs").EnumerateArray().Select(pair => Number(pair, "eigenvalue")), Near);
        Assert.Equal([3, 2], Npy.Read(PathOf("eigenvectors.npy")).Shape);
    }

    [Fact]
    public void The_usual_grid_follows_the_matrix_and_a_zero_matrix_has_none()
    {
        JsonElement[] damping = [.. Run(Matrix(1, 1e-300)).GetProperty("damping").EnumerateArray()];
        Assert.Equal(
            (1e-310, 1e-299),
            (Number(damping[0], "mu"), Number(damping[^1], "mu")),
            (a, b) => Math.Abs(a.Item1 - b.Item1) < 1e-320 && Math.Abs(a.Item2 - b.Item2) < 1e-313);
        JsonElement zero = Run(Matrix(2, 0, 0, 0, 0), "--vectors", "1");
        Assert.Empty(zero.GetProperty("damping").EnumerateArray());
        Assert.Equal((0, 2), (Count(zero, "positive"), Count(zero, "zero")));
    }

    [Fact]
    public void A_grid_is_logarithmic_with_both_ends()
    {
        JsonElement root = Run(Matrix(1, 2), "--damping", "1e-2:1e2:5");
        double[] mus = [.. root.GetProperty("damping").EnumerateArray().Select(point => Number(point, "mu"))];
        Assert.Equal([0.01, 0.1, 1, 10, 100], mus, Near);
        Assert.Equal(Math.Log(102), Number(root.GetProperty("damping")[4], "log_determinant"), 1e-14);
    }

    [Fact]
    public void What_was_computed_in_float32_has_the_tolerance_of_float32()
    {
        string matrix = Matrix(2, 1, 0, 0, 1e-7);
        Assert.Equal(0, Count(Run(matrix), "zero"));
        // √2 2⁻²³ = 1.7e-7.
        Assert.Equal(1, Count(Run(matrix, "--precision", "float32"), "zero"));
    }

    [Fact]
    public void What_was_said_of_the_matrix_is_in_the_result()
    {
        JsonElement root = Run(Matrix(2, 1, 1e-10, 0, 1e-11), "--asymmetry-tolerance", "1e-9", "--zero-tolerance", "1e-6");
        Assert.Equal((1, 1, 0), (Count(root, "positive"), Count(root, "zero"), Count(root, "negative")));
        Assert.Equal(1e-6, Number(root, "zero_tolerance"), 1e-18);
        JsonElement matrix = root.GetProperty("matrix");
        Assert.Equal((1e-10, 1e-9, 1e-6), (Number(matrix, "asymmetry"), Number(matrix, "asymmetry_tolerance"), Number(matrix, "stated_zero_tolerance")));
    }

    [Fact]
    public void A_runs_hessian_comes_with_its_zeros_groups_and_gradient()
    {
        string run = _folder.PathOf("run");
        (int exitCode, string error) = ProgramCall.Run(
            "hessian", "--model", "notebook", "--weights", TestFiles.Fixture("Interop", "plain_trained.pt"), "--samples", "40",
            "--device", "cpu", "--threads", "2", "--out", run);
        Assert.True(exitCode == 0, error);
        JsonElement whole = Spectrum("--run", run, "--vectors", "2", "--damping", "1e-3");

        using JsonDocument result = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(run, "result.json")));
        JsonElement ofRun = result.RootElement.GetProperty("models")[0].GetProperty("spectrum");
        foreach (string key in new[] { "positive", "zero", "negative", "structural_zeros", "numerical_zeros" })
            Assert.Equal(Count(ofRun, key), Count(whole, key));
        JsonElement[] zeros = [.. whole.GetProperty("structural_groups").EnumerateArray()];
        // 13 x 13 features and a bias, for ten classes.
        Assert.Equal(("softmax shift of fc2", 170), (zeros[0].GetProperty("name").GetString()!, Count(zeros[0], "count")));
        int structural = Count(whole, "structural_zeros");
        Assert.Equal(structural, zeros.Sum(group => Count(group, "count")));
        Assert.InRange(structural, 170, Count(whole, "zero"));
        double[] eigenvalues = Read("eigenvalues.npy");
        Assert.Equal(1710, eigenvalues.Length);
        Assert.InRange(eigenvalues.Count(lambda => lambda == 0), structural, 1710);

        double[] gradient = Npy.Read(Path.Combine(run, "gradient-plain_trained.npy")).AsDoubles();
        double[] vectors = Read("eigenvectors.npy");
        JsonElement[] pairs = [.. whole.GetProperty("eigenpairs").EnumerateArray()];
        double norm = Math.Sqrt(gradient.Sum(g => g * g));
        for (int k = 0; k < pairs.Length; k++)
        {
            double[] v = [.. Enumerable.Range(0, 1710).Select(i => vectors[(i * pairs.Length) + k])];
            JsonElement shares = pairs[k].GetProperty("shares");
            Assert.Equal(v[..9].Sum(x => x * x), Number(shares, "conv1.weight"), 1e-13);
            Assert.Equal(v[1700..].Sum(x => x * x), Number(shares, "fc2.bias"), 1e-13);
            Assert.Equal(Math.Abs(v.Zip(gradient, (x, g) => x * g).Sum()) / norm, Number(pairs[k], "gradient_overlap"), 1e-12);
            Assert.InRange(Number(pairs[k], "residual"), 0, 1e-12 * eigenvalues[^1]);
        }

        JsonElement[] blocks = [.. whole.GetProperty("blocks").EnumerateArray()];
        Assert.Equal(["conv1.weight", "conv1.bias", "fc2.weight", "fc2.bias"], blocks.Select(block => block.GetProperty("name").GetString()));
        double trace = eigenvalues.Sum();
        Assert.Equal(trace, blocks.Sum(block => Number(block, "trace")), 1e-11 * trace);
        double squares = whole.GetProperty("block_norms").EnumerateArray().SelectMany(row => row.EnumerateArray()).Sum(
            value => value.GetDouble() * value.GetDouble());
        Assert.Equal(eigenvalues.Sum(lambda => lambda * lambda), squares, 1e-11 * squares);
    }

    [Fact]
    public void A_run_in_float32_keeps_its_identities_and_its_structural_zeros()
    {
        string run = _folder.PathOf("run");
        (int exitCode, string error) = ProgramCall.Run(
            "hessian", "--weights", TestFiles.Fixture("Interop", "plain_trained.pt"), "--samples", "40", "--precision", "float32",
            "--device", "cpu", "--threads", "2", "--out", run);
        Assert.True(exitCode == 0, error);
        JsonElement root = Spectrum("--run", run);
        Assert.Equal("float32", root.GetProperty("matrix").GetProperty("precision").GetString());
        Assert.InRange(Count(root, "structural_zeros"), 170, Count(root, "zero"));
        Assert.Equal(41.352 * Math.ScaleB(1, -23) * Number(root, "max"), Number(root, "zero_tolerance"), 1e-4 * Number(root, "zero_tolerance"));
    }

    [Theory]
    [InlineData("(0, 1) is 2 and element (1, 0) is 3", 2, new double[] { 1, 2, 3, 1 })]
    [InlineData("Matrix element (0, 1) is NaN", 2, new[] { 1, double.NaN, double.NaN, 1 })]
    [InlineData("Matrix element (0, 0) is Infinity", 1, new[] { double.PositiveInfinity })]
    [InlineData("has shape (2, 3) where a square matrix", 2, new double[] { 1, 2, 3, 2, 1, 3 })]
    public void What_is_no_symmetric_matrix_is_refused_with_the_figure(string part, int rows, double[] values)
    {
        string file = Matrix(rows, values);
        AssertFails(ExitCodes.Data, part, "--hessian", file);
        Assert.False(File.Exists(PathOf("spectrum.json")));
    }

    [Theory]
    [InlineData(ExitCodes.Usage, "give one of the two")]
    [InlineData(ExitCodes.Usage, "give one of the two", "--hessian", "a.npy", "--run", "b")]
    [InlineData(ExitCodes.Usage, "--name", "--hessian", "a.npy", "--name", "plain")]
    [InlineData(ExitCodes.Usage, "result.json says it", "--run", "a", "--precision", "float32")]
    [InlineData(ExitCodes.Usage, "result.json says it", "--run", "a", "--asymmetry-tolerance", "1e-9")]
    [InlineData(ExitCodes.Usage, "--asymmetry-tolerance must be a number from 0 to 0.999; got '-1'", "--hessian", "a.npy", "--asymmetry-tolerance", "-1")]
    [InlineData(ExitCodes.Usage, "--zero-tolerance must be a number from 0 to 0.999; got '1'", "--hessian", "a.npy", "--zero-tolerance", "1")]
    [InlineData(ExitCodes.Usage, "--vectors must be a whole number from 0 to 1000000; got '-1'", "--hessian", "a.npy", "--vectors", "-1")]
    [InlineData(ExitCodes.Usage, "got 'middle:3'", "--hessian", "a.npy", "--range", "middle:3")]
    [InlineData(ExitCodes.Usage, "got '1,-2'", "--hessian", "a.npy", "--damping", "1,-2")]
    [InlineData(ExitCodes.Usage, "got '1:2:1'", "--hessian", "a.npy", "--damping", "1:2:1")]
    [InlineData(ExitCodes.Data, "nowhere.npy", "--hessian", "nowhere.npy")]
    [InlineData(ExitCodes.Data, "result.json", "--run", "nowhere")]
    public void Bad_input_ends_with_one_sentence_and_its_exit_code(int expected, string part, params string[] arguments)
        => AssertFails(expected, part, arguments);

    [Fact]
    public void More_eigenvalues_than_there_are_are_refused()
        => AssertFails(ExitCodes.Usage, "asks for 3 eigenvalues, but the matrix has 2", "--hessian", Matrix(2, 1, 0, 0, 1), "--range", "smallest:3");

    private string Matrix(int rows, params double[] values)
    {
        string path = _folder.PathOf("matrix.npy");
        Npy.Write<double>(path, [rows, values.Length / rows], values);
        return path;
    }

    private JsonElement Run(string matrix, params string[] arguments) => Spectrum(["--hessian", matrix, .. arguments]);

    private JsonElement Spectrum(params string[] arguments)
    {
        (int exitCode, string said, string error) = ProgramCall.RunForOutput(
            ["spectrum", .. arguments, "--threads", "2", "--force", "--out", _folder.PathOf("out")]);
        Assert.True(exitCode == 0, error);
        Assert.Contains("λ_max", said, StringComparison.Ordinal);
        return JsonDocument.Parse(File.ReadAllBytes(PathOf("spectrum.json"))).RootElement;
    }

    private void AssertFails(int expected, string part, params string[] arguments)
    {
        (int exitCode, string error) = ProgramCall.Run(["spectrum", .. arguments, "--out", _folder.PathOf("out")]);
        Assert.Equal(expected, exitCode);
        Assert.Contains(part, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    private string PathOf(string file) => Path.Combine(_folder.PathOf("out"), file);

    private string[] Files() => [.. Directory.GetFiles(_folder.PathOf("out")).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    private double[] Read(string file) => Npy.Read(PathOf(file)).AsDoubles();

    private static bool Near(double expected, double actual) => Math.Abs(expected - actual) <= 1e-14 * Math.Max(1, Math.Abs(expected));

    private static double Number(JsonElement entry, string key) => entry.GetProperty(key).GetDouble();

    private static int Count(JsonElement entry, string key) => entry.GetProperty(key).GetInt32();
}
