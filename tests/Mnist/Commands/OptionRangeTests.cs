using BasinVolume.Mnist.Commands;

namespace BasinVolume.Mnist.Tests.Commands;

/// <summary>Every option that has a range, with a value outside it: one sentence that names the option and what was got, exit code 2, and no folder.</summary>
public sealed class OptionRangeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("notebook", "--samples", "0")]
    [InlineData("notebook", "--samples", "1.5")]
    [InlineData("notebook", "--sampling", "some")]
    [InlineData("notebook", "--seed", "-1")]
    [InlineData("notebook", "--seed", "4294967296")]
    [InlineData("notebook", "--batch-size", "0")]
    [InlineData("notebook", "--weighting", "mean")]
    [InlineData("notebook", "--precision", "float16")]
    [InlineData("notebook", "--threads", "0")]
    [InlineData("notebook", "--memory", "0")]
    [InlineData("notebook", "--weight-decay", "-1")]
    [InlineData("notebook", "--weight-decay", "NaN")]
    [InlineData("notebook", "--sigma", "0")]
    [InlineData("notebook", "--threshold", "0")]
    [InlineData("notebook", "--threshold", "Infinity")]
    [InlineData("notebook", "--k", "-1")]
    [InlineData("notebook", "--penalty", "maybe")]
    [InlineData("notebook", "--epochs", "-1")]
    [InlineData("notebook", "--lr", "0")]
    [InlineData("notebook", "--lr", "NaN")]
    [InlineData("notebook", "--gamma", "-0.5")]
    [InlineData("curvature", "--matrix", "fisher")]
    [InlineData("curvature", "--largest", "-1")]
    [InlineData("curvature", "--smallest", "10001")]
    [InlineData("curvature", "--pair-tolerance", "0")]
    [InlineData("curvature", "--pair-tolerance", "1")]
    [InlineData("curvature", "--trace-tolerance", "NaN")]
    [InlineData("curvature", "--probes", "1")]
    [InlineData("curvature", "--steps", "1")]
    [InlineData("curvature", "--products", "0")]
    [InlineData("curvature", "--damping", "0")]
    [InlineData("curvature", "--damping", "-4")]
    [InlineData("curvature", "--alpha", "0,5")]
    [InlineData("curvature", "--memory", "0")]
    [InlineData("spectrum", "--vectors", "-1")]
    [InlineData("spectrum", "--range", "largest:0")]
    [InlineData("spectrum", "--damping", "0")]
    [InlineData("spectrum", "--threads", "-2")]
    [InlineData("landscape", "--points", "1")]
    [InlineData("landscape", "--side", "-1")]
    [InlineData("landscape", "--seed", "-1")]
    [InlineData("landscape", "--directions", "leading:x")]
    [InlineData("landscape", "--reach", "-1")]
    [InlineData("volume", "--threshold", "NaN")]
    [InlineData("volume", "--threshold-kind", "some")]
    [InlineData("volume", "--weight-decay", "-1")]
    [InlineData("volume", "--k", "-1")]
    [InlineData("volume", "--sigma", "0")]
    [InlineData("volume", "--temperature", "0")]
    [InlineData("volume", "--prior-centre", "here")]
    [InlineData("volume", "--centre", "here")]
    [InlineData("volume", "--rays", "-1")]
    [InlineData("volume", "--seed", "-1")]
    [InlineData("volume", "--ray-tolerance", "0")]
    [InlineData("volume", "--preconditioner", "none")]
    [InlineData("volume", "--loss-value", "NaN")]
    [InlineData("volume", "--loss-value", "1e400")]
    [InlineData("notebook", "--threshold", "1e308")]
    [InlineData("notebook", "--threshold", "nan")]
    [InlineData("notebook", "--weight-decay", "1e308")]
    [InlineData("notebook", "--threads", "2147483647")]
    [InlineData("notebook", "--samples", "2147483647")]
    [InlineData("notebook", "--memory", "1,5GiB")]
    [InlineData("notebook", "--memory", "1 GiB")]
    [InlineData("landscape", "--directions", "random:2147483647")]
    [InlineData("landscape", "--points", "2147483647")]
    [InlineData("spectrum", "--damping", "0,5")]
    [InlineData("spectrum", "--range", "largest:1,5")]
    [InlineData("volume", "--threshold", "0,5")]
    [InlineData("volume", "--threshold", "1_000")]
    [InlineData("volume", "--threshold", "0x10")]
    [InlineData("volume", "--threshold", "１")]
    [InlineData("volume", "--threshold", " 1")]
    [InlineData("volume", "--threshold", "1 ")]
    [InlineData("notebook", "--lr", "0,1")]
    [InlineData("notebook", "--lr", "1,000.5")]
    [InlineData("notebook", "--samples", "1,500")]
    [InlineData("notebook", "--samples", "1e3")]
    public void A_value_outside_is_refused_by_name(string command, string option, string value)
    {
        string[] matrix = command switch { "notebook" or "curvature" => [], "landscape" => ["--run", "somewhere"], _ => ["--hessian", "h.npy"] };
        (int exitCode, string output, string error) = ProgramCall.RunForOutput(
            [command, .. matrix, $"{option}={value}", "--json", "--out", _folder.PathOf("run")]);
        Assert.True(exitCode == ExitCodes.Usage, $"{exitCode}: {error}");
        Assert.Empty(output);
        string sentence = Assert.Single(error.TrimEnd().Split('\n'));
        Assert.StartsWith(option, sentence, StringComparison.Ordinal);
        Assert.Contains($"got '{value}'", sentence, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.PathOf("run")));
    }

    // The reference is made from the options themselves, so a new one without its range is found.
    [Fact]
    public void Every_number_says_its_range()
    {
        string[] numbers =
        [
            .. File.ReadLines(Path.Combine(TestFiles.RepositoryRoot(), "docs", "cli.md")).Where(line => line.Contains("NUMBER", StringComparison.Ordinal)),
        ];
        Assert.NotEmpty(numbers);
        Assert.All(numbers, line => Assert.Matches(@"\[\S+ to \S+\]", line));
    }
}
