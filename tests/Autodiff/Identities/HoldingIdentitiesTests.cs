using System.Numerics;
using BasinVolume.Autodiff.Identities;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Operators;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Gpu.Devices;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Host;

namespace BasinVolume.Autodiff.Tests.Identities;

/// <summary>
/// Every identity holds for right derivatives: on every small network, in both precisions, with and without the matrix, at random and at trained weights.
/// </summary>
public sealed class HoldingIdentitiesTests : IDisposable
{
    private static readonly string[] Always = ["symmetry", "central-difference", "sample-order-gradient", "sample-order-hessian"];
    private static readonly string[] Head =
        ["softmax-shift-gradient", "softmax-shift-hessian", "last-layer-gradient", "last-layer-hessian", "last-layer-trace", "last-layer-biases"];
    private static readonly string[] Scaled = ["rescaling-gradient", "rescaling-hessian", "rescaling-curvature"];
    private static readonly string[] Blocks = ["gauss-newton-blocks"];

    private readonly HostDevice _device = new(2);

    /// <summary>Each network with the identities that apply to it.</summary>
    public static TheoryData<string, string[]> Cases => new()
    {
        { "regression", [.. Always, .. Head, .. Blocks] },
        { "mlp", [.. Always, .. Head, .. Scaled, .. Blocks] },
        { "notebook", [.. Always, .. Head, .. Scaled, .. Blocks] },
        { "convolutions", [.. Always, .. Head, .. Scaled, .. Blocks] },
        // The activations bend everything but the last layer, where the sigmoid before the leaky relu ends all scaling.
        { "activations", [.. Always, .. Head, .. Blocks] },
        // No bias in the last layer; the convolution and the scale behind it are a pair.
        { "branches", [.. Always, .. Head.Except(["last-layer-biases"]), .. Scaled, .. Blocks] },
        // A layer on rows scales against the head on all of them.
        { "rows", [.. Always, .. Head, .. Scaled, .. Blocks] },
        { "products", [.. Always, .. Head, .. Blocks] },
        // Each position is a sample of the head's, and the last normalisation's weight and bias scale against it.
        { "transformer", [.. Always, .. Head, .. Scaled, .. Blocks] },
        // No layer behind which all is linear has weights of its own, and the head is none.
        { "ties", Always },
        { "squares", [.. Always, .. Blocks] },
        { "sides", [.. Always, .. Head, .. Scaled, .. Blocks] },
        // A fixed mean ends the scaling of each convolution, and the sum that of each scale.
        { "normalised", [.. Always, .. Blocks] },
    };

    public void Dispose() => _device.Dispose();

    [Theory]
    [MemberData(nameof(Cases))]
    public void In_double_those_that_apply_hold(string name, string[] applying) => AssertHold<double>(Named(name), applying);

    [Theory]
    [MemberData(nameof(Cases))]
    public void In_float_those_that_apply_hold(string name, string[] applying) => AssertHold<float>(Named(name), applying);

    [Fact]
    public void They_hold_on_the_kernels_of_gpus()
    {
        using Device device = DeviceCatalog.Open("ilgpu-cpu", 1);
        using var point = new Point<double>(TestNetworks.SmallNotebook(), device);
        AssertAllPassed(Point<double>.Check(point.ByMatrix()));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(30)]
    [InlineData(1000)]
    public void They_hold_where_training_leads_to(int steps)
    {
        Network network = TestNetworks.SmallNotebook();
        var samples = ArraySamples.Random(network, 9, 5);
        double[] trained = Trained(network, samples, steps);
        using var singles = new Point<float>(network, _device, samples, trained);
        using var doubles = new Point<double>(network, _device, samples, trained);
        AssertAllPassed(Point<double>.Check(doubles.ByMatrix()));
        AssertAllPassed(Point<float>.Check(singles.ByMatrix()));
        AssertAllPassed(Point<float>.Check(singles.ByProducts()));
    }

    [Theory]
    [InlineData(1e-3)]
    [InlineData(30)]
    public void They_hold_at_weights_far_from_the_usual_size(double factor)
    {
        Network network = TestNetworks.Mlp();
        double[] parameters = [.. TestNetworks.Parameters(network, 2).Select(value => factor * value)];
        using var singles = new Point<float>(network, _device, parameters: parameters);
        using var doubles = new Point<double>(network, _device, parameters: parameters);
        AssertAllPassed(Point<double>.Check(doubles.ByMatrix()));
        AssertAllPassed(Point<float>.Check(singles.ByProducts()));
    }

    // The largest is more than float can hold: nearly everything underflows there.
    [Theory]
    [InlineData(5)]
    [InlineData(20)]
    [InlineData(60)]
    public void They_hold_however_sure_the_network_is(double factor)
    {
        Network network = TestNetworks.SmallNotebook();
        var samples = ArraySamples.Random(network, 9, 5);
        double[] sure = Trained(network, samples, 1000);
        foreach (Parameter last in network.Parameters.Where(parameter => parameter.Node == network.OutputValue - 1))
        {
            foreach (ref double value in sure.AsSpan(last.Offset, last.Size))
                value *= factor;
        }

        using var singles = new Point<float>(network, _device, samples, sure);
        using var doubles = new Point<double>(network, _device, samples, sure);
        AssertAllPassed(Point<double>.Check(doubles.ByMatrix()));
        AssertAllPassed(Point<double>.Check(doubles.ByProducts()));
        AssertAllPassed(Point<float>.Check(singles.ByMatrix()));
        AssertAllPassed(Point<float>.Check(singles.ByProducts()));
    }

    // A power of two, so that everything is rounded alike.
    [Theory]
    [InlineData(-56)]
    [InlineData(-664)]
    public void They_hold_for_any_multiple_of_the_loss_and_are_no_weaker(int exponent)
    {
        double factor = Math.ScaleB(1, exponent);
        Network network = TestNetworks.SmallNotebook();
        int count = 9;
        var random = new Random(1);
        double[] inputs = ArraySamples.Normals(random, count * network.Input.Size), parameters = TestNetworks.Parameters(network, 2);
        int[] labels = [.. Enumerable.Range(0, count).Select(_ => random.Next(network.Loss.LabelCount))];
        IdentityCheck[] of1 = Of(1), scaled = Of(factor);
        AssertAllPassed(scaled);
        Assert.All(of1.Zip(scaled), pair => Assert.Equal(pair.First.Bound * factor ?? 0, pair.Second.Bound ?? 0, 1e-10 * (pair.First.Bound * factor ?? 0)));

        IdentityCheck[] Of(double weight)
        {
            using var point = new Point<double>(network, _device, new ArraySamples(inputs, labels, [.. Enumerable.Repeat(weight / count, count)]), parameters);
            return Point<double>.Check(point.ByMatrix());
        }
    }

    // All roundings of a sum of equal terms go the same way.
    [Theory]
    [InlineData(60_000)]
    public void They_hold_for_many_equal_samples(int count)
    {
        Network network = TestNetworks.SoftmaxRegression(6, 4);
        double[] input = ArraySamples.Normals(new Random(3), network.Input.Size), parameters = TestNetworks.Parameters(network, 4);
        var samples = new ArraySamples([.. Enumerable.Repeat(input, count).SelectMany(x => x)], new int[count], [.. Enumerable.Repeat(1.0 / count, count)]);
        AssertAllPassed(Of<double>());
        AssertAllPassed(Of<float>());

        IdentityCheck[] Of<T>()
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            using var plan = new Plan<T>(network, _device);
            T[] rounded = Array.ConvertAll(parameters, T.CreateTruncating);
            plan.SetParameters(rounded);
            var at = Derivatives.Of<T>(plan, samples, rounded, Hessian.Compute(plan, samples));
            return [.. NetworkIdentities.All.SelectMany(identity => identity.Check(at))];
        }
    }

    [Fact]
    public void Biases_that_are_exactly_0_put_no_edge_under_the_difference()
    {
        Network network = TestNetworks.SmallNotebook();
        double[] parameters = TestNetworks.Parameters(network, 2);
        foreach (Parameter bias in network.Parameters.Where(parameter => parameter.Name.EndsWith(".bias", StringComparison.Ordinal)))
            parameters.AsSpan(bias.Offset, bias.Size).Clear();
        // Images that are 0 but for a corner: the convolution's output is exactly 0 nearly everywhere.
        var inputs = new double[5 * network.Input.Size];
        for (int s = 0; s < 5; s++)
            ArraySamples.Normals(new Random(s), 12).CopyTo(inputs, s * network.Input.Size);
        using var point = new Point<double>(network, _device, new ArraySamples(inputs, [0, 1, 2, 0, 1], [0.2, 0.2, 0.2, 0.2, 0.2]), parameters);
        IdentityCheck[] checks = Point<double>.Check(point.ByMatrix());
        AssertAllPassed(checks);
        Assert.True(checks.Single(check => check.Name == "central-difference").Applies);
    }

    // Units so close to their edges that every step would cross them.
    [Fact]
    public void A_layer_of_tiny_weights_before_an_edge_is_left_where_it_is()
    {
        Network network = TestNetworks.Mlp();
        double[] parameters = TestNetworks.Parameters(network, 2);
        foreach (Parameter tiny in network.Parameters.Where(parameter => parameter.Node < 2))
        {
            foreach (ref double value in parameters.AsSpan(tiny.Offset, tiny.Size))
                value *= 1e-30;
        }

        using var point = new Point<double>(network, _device, parameters: parameters);
        IdentityCheck check = Assert.Single(new CentralDifference().Check(point.ByMatrix()));
        Assert.True(check.Applies && check.Passed, $"{check.Residual} above {check.Bound}");
    }

    [Fact]
    public void At_no_parameters_at_all_there_is_no_difference_to_take()
    {
        Network network = TestNetworks.Mlp();
        using var point = new Point<double>(network, _device, parameters: new double[network.ParameterCount]);
        IdentityCheck[] checks = Point<double>.Check(point.ByMatrix());
        AssertAllPassed(checks);
        Assert.False(checks.Single(check => check.Name == "central-difference").Applies);
        // All hidden units are 0 for every sample.
        Assert.Equal(0, checks.Single(check => check.Name == "dead-features").Residual);
    }

    private static Network Named(string name) => name switch
    {
        "regression" => TestNetworks.SoftmaxRegression(6, 4),
        "mlp" => TestNetworks.Mlp(),
        "notebook" => TestNetworks.SmallNotebook(),
        "convolutions" => TestNetworks.DeepConvolution(),
        "activations" => TestNetworks.Activations(),
        "branches" => TestNetworks.Branches(),
        "sides" => TestNetworks.Sides(),
        "normalised" => TestNetworks.Normalised(),
        "rows" => TestNetworks.Rows(),
        "ties" => TestNetworks.Ties(),
        "products" => TestNetworks.Products(),
        "transformer" => TestNetworks.Transformer(vocabulary: 5, length: 3, width: 4, heads: 2, layers: 1),
        _ => TestNetworks.Regression(SquaredMean.OverElements),
    };

    private static void AssertAllPassed(IdentityCheck[] checks)
        => Assert.All(checks, check => Assert.True(check.Passed, $"{check.Name}: {check.Residual} above {check.Bound}"));

    // Plain gradient descent.
    private double[] Trained(Network network, ArraySamples samples, int steps)
    {
        double[] parameters = TestNetworks.Parameters(network, 3);
        using var plan = new Plan<double>(network, _device);
        var gradient = new double[parameters.Length];
        for (int step = 0; step < steps; step++)
        {
            plan.SetParameters(parameters);
            Gradient.Compute(plan, samples, gradient);
            for (int i = 0; i < parameters.Length; i++)
                parameters[i] -= 0.3 * gradient[i];
        }

        return parameters;
    }

    private void AssertHold<T>(Network network, string[] applying)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int seed = 1; seed <= 3; seed++)
        {
            using var point = new Point<T>(network, _device, seed: seed);
            IdentityCheck[] byMatrix = Point<T>.Check(point.ByMatrix()), byProducts = Point<T>.Check(point.ByProducts());
            AssertAllPassed(byMatrix);
            AssertAllPassed(byProducts);
            Assert.Equal(applying.Order(StringComparer.Ordinal), Applying(byMatrix));
            Assert.Equal(applying.Except(["last-layer-trace"]).Order(StringComparer.Ordinal), Applying(byProducts));
        }
    }

    private static IEnumerable<string> Applying(IdentityCheck[] checks)
        => checks.Where(check => check.Applies && check.Name != "dead-features").Select(check => check.Name).Order(StringComparer.Ordinal);
}
