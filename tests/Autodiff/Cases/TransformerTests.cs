using System.Text.Json;
using BasinVolume.Autodiff.Identities;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Linear;
using BasinVolume.Kernels.Tests.Devices;

namespace BasinVolume.Autodiff.Tests.Cases;

/// <summary>
/// A decoder of two layers on 32 sequences, against PyTorch's double backward at fixed weights (Fixtures/make_transformer.py wrote the file), against
/// differences of its own gradients, and against every identity that applies.
/// </summary>
public sealed class TransformerTests
{
    private static readonly JsonSerializerOptions Format = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };
    private static readonly Lazy<Dictionary<string, Computed>> Fixture = new(
        () => JsonSerializer.Deserialize<Dictionary<string, Computed>>(File.ReadAllText(TestFiles.Fixture(string.Empty, "transformer.json")), Format)!);

    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void PyTorchs_double_backward_says_the_same(string device)
    {
        Computed expected = Fixture.Value["untied"];
        Network network = TestNetworks.Transformer(vocabulary: 5, length: 4, width: 4, heads: 2, layers: 2);
        Assert.Equal(expected.Names, network.Parameters.Select(parameter => parameter.Name));
        Assert.Equal(expected.Shapes, network.Parameters.Select(parameter => parameter.Shape.Dimensions.ToArray()));
        AssertSays(expected, network, device);
    }

    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void PyTorch_says_the_same_where_the_head_is_the_embedding(string device)
    {
        Computed expected = Fixture.Value["tied"];
        Network network = TestNetworks.Transformer(vocabulary: 5, length: 4, width: 4, heads: 2, layers: 2, tied: true);
        Assert.Equal(expected.Names, network.Parameters.Select(parameter => parameter.Name));
        AssertSays(expected, network, device);
    }

    [Fact]
    public void Differences_of_gradients_say_the_same()
        => GradientCheck.Passes<double>(
            TestNetworks.Transformer(vocabulary: 5, length: 4, width: 4, heads: 2, layers: 2), TestDevices.Get(TestDevices.Cpu), 1e-12, samples: 32);

    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void Small_ones_pass_the_gradient_check(string device)
        => GradientCheck.Passes<double>(
            TestNetworks.Transformer(vocabulary: 3, length: 2, width: 2, heads: 1, layers: 1), TestDevices.Get(device), 1e-12, samples: 4);

    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void Identities_hold(string device)
    {
        // The simulator takes a thread for each of a kernel's.
        Network network = device == TestDevices.Cpu
            ? TestNetworks.Transformer(vocabulary: 5, length: 4, width: 4, heads: 2, layers: 2)
            : TestNetworks.Transformer(vocabulary: 3, length: 2, width: 2, heads: 1, layers: 2);
        using var plan = new Plan<double>(network, TestDevices.Get(device), new PlanBudget(20, 1 << 22));
        var at = Derivatives.Of<double>(plan, ArraySamples.Random(network, 32, 1), TestNetworks.Parameters(network, 2));
        IdentityCheck[] checks = [.. NetworkIdentities.All.SelectMany(identity => identity.Check(at))];
        Assert.All(checks, check => Assert.True(check.Passed, $"{check.Name}: {check.Residual} above {check.Bound}"));
        string[] applying = [.. checks.Where(check => check.Applies).Select(check => check.Name)];
        string[] must = ["softmax-shift-hessian", "last-layer-hessian", "rescaling-hessian", "gauss-newton-blocks", "central-difference"];
        Assert.Empty(must.Except(applying));
    }

    private static void AssertSays(Computed expected, Network network, string device)
    {
        using var plan = new Plan<double>(network, TestDevices.Get(device), new PlanBudget(20, 1 << 22));
        plan.SetParameters(expected.Parameters);
        double[] tokens = [.. expected.Tokens.SelectMany(row => row).Select(token => (double)token)];
        var samples = new MatrixSamples(new Matrix(32, network.Input.Size, tokens), [.. expected.Labels.SelectMany(row => row)]);
        int n = network.ParameterCount;
        var gradient = new double[n];
        Assert.Equal(expected.Loss, Gradient.Compute(plan, samples, gradient), 1e-14 * expected.Loss);
        AssertNear(expected.Gradient, gradient, 1e-13);
        double bound = 1e-12 * expected.Frobenius;
        var directions = new Matrix(2, n, [.. expected.Directions.SelectMany(row => row)]);
        AssertNear([.. expected.Products.SelectMany(row => row)], Hessian.Multiply(plan, samples, directions).Values, n * bound);
        TestDevices.Failures.AssertNone();
        // The simulator takes a minute for all of it.
        if (device == TestDevices.Cpu)
            AssertIs(expected, Hessian.Compute(plan, samples).Matrix, directions, bound);
    }

    private static void AssertIs(Computed expected, Matrix matrix, Matrix directions, double bound)
    {
        AssertNear(expected.Diagonal, [.. Enumerable.Range(0, matrix.Rows).Select(i => matrix[i, i])], bound);
        Assert.Equal(expected.Frobenius, EuclideanNorm.InOrder(matrix.Values), bound);
        AssertNear([.. expected.Products.SelectMany(row => row)], DenseProduct.Multiply(matrix, directions).Values, matrix.Rows * bound);
    }

    private static void AssertNear(double[] expected, double[] actual, double bound)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < actual.Length; i++)
            Assert.Equal(expected[i], actual[i], bound);
    }

    private sealed record Computed(
        string[] Names,
        int[][] Shapes,
        double[] Parameters,
        int[][] Tokens,
        int[][] Labels,
        double Loss,
        double[] Gradient,
        double[] Diagonal,
        double Frobenius,
        double[][] Directions,
        double[][] Products);
}
