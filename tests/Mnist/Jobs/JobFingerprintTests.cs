using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Data.Formats;
using BasinVolume.Data.Samples;
using BasinVolume.Data.Subsets;
using BasinVolume.Kernels.Host;
using BasinVolume.Mnist.Jobs;
using BasinVolume.Mnist.Models;
using BasinVolume.Mnist.Options;

namespace BasinVolume.Mnist.Tests.Jobs;

/// <summary>What computations must agree on, and what is said where they do not.</summary>
public sealed class JobFingerprintTests
{
    private static readonly JobOptions Usual = new() { Data = new("nowhere", DataOptions.None), OutputFolder = "nowhere" };
    private static readonly DataLayout Layout = new(new Shape(1, 28, 28), ElementKind.Pixels) { Classes = [.. "0123456789".Select(digit => digit.ToString())] };
    private static readonly Network Softmax = ModelCatalog.Open("softmax", ModelFrame.Mnist);

    [Fact]
    public void Whatever_changes_a_number_changes_it_and_is_named()
    {
        Fingerprint usual = Of<double>(Usual);
        Assert.Null(usual.Difference("here", Of<double>(Usual with { Threads = 7, OutputFolder = "elsewhere", K = 3 }), "there"));
        Assert.Equal(usual.Sha256(), Of<double>(Usual).Sha256());
        Named("--weighting is sample-mean in here and batch-mean in there", Of<double>(Usual with { Weighting = Weighting.BatchMean }));
        Named("--batch-size is 64 in here and 32 in there", Of<double>(Usual with { BatchSize = 32 }));
        Named("--precision is float64 in here and float32 in there", Of<float>(Usual));
        Named("--penalty is excluded in here and included with --weight-decay 0.5", Of<double>(Usual with { Penalty = Penalty.Included, WeightDecay = 0.5 }));
        Named("what --memory allows is", Of<double>(Usual, new PlanBudget(16, 1 << 20)));
        Named("the weights' SHA-256 is", Of<double>(Usual, change: 1e-300));
        Named("the number of samples is 3 in here and 2 in there", Of<double>(Usual, indices: [0, 1]));
        Named("the SHA-256 of the samples' indices is", Of<double>(Usual, indices: [0, 1, 1]));
        Named("--matrix is hessian in here and gauss-newton in there", Of<double>(Usual, matrix: CurvatureMatrix.GaussNewton));
        Named("the SHA-256 of images is 00 in here and 01 in there", Of<double>(Usual, hash: "01"));

        void Named(string expected, Fingerprint other)
        {
            Assert.StartsWith(expected, usual.Difference("here", other, "there"), StringComparison.Ordinal);
            Assert.NotEqual(usual.Sha256(), other.Sha256());
        }
    }

    [Fact]
    public void A_network_is_the_same_in_whatever_words_and_another_by_any_size_name_or_function()
    {
        string hash = Hash("relu", "fc", 3);
        Assert.Equal(hash, Hash("relu", "fc", 3));
        Assert.Equal(4, new[] { hash, Hash("tanh", "fc", 3), Hash("relu", "fd", 3), Hash("relu", "fc", 4) }.Distinct().Count());

        static string Hash(string function, string name, int width)
        {
            using TemporaryFolder folder = new();
            string path = folder.PathOf("network.json");
            File.WriteAllText(path, $$"""
                { "input": [4], "layers": [ { "type": "linear", "name": "a", "outputs": {{width}} }, { "type": "{{function}}" },
                  { "type": "linear", "name": "{{name}}", "outputs": 2 }, { "type": "softmax-loss" } ] }
                """);
            return NetworkHash.Of(ModelCatalog.Open(path, ModelFrame.Mnist));
        }
    }

    private static Fingerprint Of<T>(
        JobOptions options, PlanBudget? budget = null, double change = 0, int[]? indices = null, CurvatureMatrix matrix = CurvatureMatrix.Hessian,
        string hash = "00")
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        using var device = new HostDevice(1);
        using var plan = new Plan<T>(Softmax, device, budget ?? new(64, 1 << 20));
        var weights = new double[Softmax.ParameterCount];
        weights[5] = change;
        Dataset images = Dataset.OfPixels(Layout, new byte[784 * 3], [0, 1, 2]);
        var data = new DataParts("idx", images, Test: null, new Dictionary<string, string> { ["images"] = hash });
        return JobFingerprint.Of(options, plan, weights, data, indices ?? [0, 1, 2], matrix);
    }
}
