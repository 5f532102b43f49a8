using System.Collections.Immutable;
using BasinVolume.Data.Formats;
using BasinVolume.Gpu.Devices;
using BasinVolume.Kernels;
using BasinVolume.Mnist.Jobs;
using BasinVolume.Mnist.Jobs.VerifyJob;
using BasinVolume.Mnist.Models;
using BasinVolume.Mnist.Options;
using BasinVolume.Mnist.Terminal;
using Spectre.Console;

namespace BasinVolume.Mnist.Tests.Jobs.VerifyJob;

/// <summary>Every ready-made network passes on the processor, a small one with the layers of the notebook's on the kernels of GPUs.</summary>
public sealed class VerifyRunTests
{
    private static readonly string[] SaidBySpectra = ["matrix-symmetry", "trace", "frobenius-norm", "negative-eigenvalues"];
    private static readonly string[] SaidByScaling = ["rescaling-gradient", "rescaling-hessian", "rescaling-curvature"];

    [Theory]
    [InlineData("notebook", 30, Precision.Float64, true, true)]
    [InlineData("notebook", 30, Precision.Float32, true, true)]
    [InlineData("softmax", 10, Precision.Float64, false, false)]
    [InlineData("mlp", 10, Precision.Float32, false, true)]
    [InlineData("lenet5", 2, Precision.Float64, false, true)]
    [InlineData("residual", 5, Precision.Float64, true, false)]
    public void A_ready_made_network_passes_on_the_processor(string model, int samples, Precision precision, bool spectrum, bool scaling)
    {
        ImmutableArray<IdentityCheck> checks = Run("cpu", model, samples, precision);
        AssertAllPassed(checks);
        // A dense matrix is there for small networks only, and gelu or a missing second layer ends all scaling.
        Assert.All(checks.Where(check => SaidBySpectra.Contains(check.Name)), check => Assert.Equal(spectrum, check.Applies));
        Assert.All(checks.Where(check => SaidByScaling.Contains(check.Name)), check => Assert.Equal(scaling, check.Applies));
        Assert.All(checks.Where(check => check.Name.StartsWith("softmax-shift", StringComparison.Ordinal)), check => Assert.True(check.Applies));
    }

    // The simulator takes a thread for each of a kernel's, so that images are made smaller first.
    [Fact]
    public void The_notebooks_layers_pass_on_the_kernels_of_gpus()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.PathOf("small.json"), """
            { "input": [1, 28, 28], "layers": [
              { "type": "average-pool", "size": 4 }, { "type": "convolution", "name": "conv1", "channels": 1, "kernel": 3 }, { "type": "relu" },
              { "type": "max-pool", "size": 2 }, { "type": "flatten" }, { "type": "linear", "name": "fc2", "outputs": 10 }, { "type": "softmax-loss" } ] }
            """);
        AssertAllPassed(Run("ilgpu-cpu", folder.PathOf("small.json"), 2, Precision.Float64));
    }

    [Fact]
    public void What_is_too_large_for_a_matrix_says_so()
    {
        IdentityCheck trace = Run("cpu", "mlp", 1, Precision.Float64).Single(check => check.Name == "trace");
        Assert.False(trace.Applies);
        // 784 · 16 + 16 + 16 · 10 + 10.
        Assert.Contains("12730", trace.Reason, StringComparison.Ordinal);
        Assert.Contains("GB", trace.Reason, StringComparison.Ordinal);
    }

    private static ImmutableArray<IdentityCheck> Run(string where, string model, int samples, Precision precision)
    {
        var common = new JobOptions
        {
            Data = new(Path.Combine(TestFiles.RepositoryRoot(), "data", "mnist"), DataOptions.None),
            OutputFolder = string.Empty,
            Samples = samples,
            Precision = precision,
            Threads = 2,
        };
        using Device device = DeviceCatalog.Open(where, 2);
        using var silence = new StringWriter();
        var view = new RunView(AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(silence) }));
        return new VerifyRun(new VerifyOptions(common, new ModelRequest(model, Weights: null, Name: null)), device, view, default).Execute().Checks;
    }

    private static void AssertAllPassed(ImmutableArray<IdentityCheck> checks)
        => Assert.All(checks, check => Assert.True(check.Passed, $"{check.Name}: {check.Residual} above {check.Bound}"));
}
