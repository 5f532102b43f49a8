using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Operators;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Tests.Devices;

namespace BasinVolume.Autodiff.Tests;

/// <summary>Losses at many weight vectors in one go, against one vector after the other through the ordinary forward pass.</summary>
public sealed class ManyVectorsTests
{
    private const int SampleCount = 5;
    private const int Vectors = 7;

    private static readonly Network[] All =
    [
        TestNetworks.Mlp(), TestNetworks.Activations(), TestNetworks.SmallNotebook(), TestNetworks.DeepConvolution(), TestNetworks.Branches(),
        TestNetworks.InPlace(), TestNetworks.Residual(), SharedInput(), SharedFactor(), TestNetworks.Rows(), TestNetworks.Products(),
        TestNetworks.Transformer(5, 3, 4, 2, 1), TestNetworks.Sides(), TestNetworks.Normalised(), TestNetworks.Ties(),
        TestNetworks.Regression(SquaredMean.OverElements), TestNetworks.Regression(SquaredMean.OverSamples),
    ];

    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void Many_vectors_have_the_losses_of_each_by_itself(string device)
    {
        foreach (Network network in All)
        {
            (ArraySamples samples, double[] weights) = Example(network);
            double[] expected = [.. Enumerable.Range(0, Vectors).Select(v => OneByOne(device, network, samples, Vector(network, weights, v)))];
            double[] found = Many(device, network, samples, weights, chunk: 64);
            for (int v = 0; v < Vectors; v++)
                Assert.Equal(expected[v], found[v], 1e-13 * Math.Abs(expected[v]));
        }

        TestDevices.Failures.AssertNone();
    }

    [Fact]
    public void Bits_depend_neither_on_company_nor_on_the_chunk()
    {
        foreach (Network network in All)
        {
            (ArraySamples samples, double[] weights) = Example(network);
            double[] expected =
                [.. Enumerable.Range(0, Vectors).SelectMany(v => Many(TestDevices.Cpu, network, samples, Vector(network, weights, v), chunk: 1))];
            foreach (int chunk in (int[])[2, 5, 13, 300])
                Assert.Equal(expected, Many(TestDevices.Cpu, network, samples, weights, chunk));
        }
    }

    [Fact]
    public void The_plans_own_parameters_stay()
    {
        Network network = TestNetworks.SmallNotebook();
        (ArraySamples samples, double[] weights) = Example(network);
        Device device = TestDevices.Get(TestDevices.Cpu);
        using var plan = new Plan<double>(network, device);
        plan.SetParameters(Vector(network, weights, 0));
        double before = Evaluation.Compute(plan, samples).Loss;
        Evaluation.Losses(plan, samples, weights, new double[Vectors], TestContext.Current.CancellationToken);
        Assert.Equal(before, Evaluation.Compute(plan, samples).Loss);
        Assert.Throws<NetworkException>(() => Evaluation.Losses(plan, samples, new double[3], new double[1], TestContext.Current.CancellationToken));
        Assert.Throws<OperationCanceledException>(() => Evaluation.Losses(plan, samples, weights, new double[Vectors], new CancellationToken(canceled: true)));
    }

    /// <summary>Values that depend on no parameter meet others that do, in a sum and in a concatenation.</summary>
    private static Network SharedInput() => new NetworkBuilder(new Shape(2, 4, 3)).Tanh().As("image")
        .Scale("s").Sum("image").Concatenation("image").Flatten().Linear("c", 3).SoftmaxLoss().Build();

    /// <summary>Factors that depend on no parameter, left and right, and slices of what depends on none and on some.</summary>
    private static Network SharedFactor() => new NetworkBuilder(new Shape(2, 3, 3)).As("x").Slice(2, 1, 1).As("s")
        .From("x").Transpose(0, 2, 1).As("t").Linear("a", 3).As("a").MatrixProduct("t").Slice(1, 0, 2).Flatten().As("left")
        .From("x").MatrixProduct("a", factor: 0.5).Product("x").Softmax(1).Slice(2, 1, 1).Product("s").Flatten().Concatenation("left")
        .Linear("c", 3).SoftmaxLoss().Build();

    private static (ArraySamples Samples, double[] Weights) Example(Network network)
        => (ArraySamples.Random(network, SampleCount, 3), [.. Enumerable.Range(0, Vectors).SelectMany(v => TestNetworks.Parameters(network, 20 + v))]);

    private static double[] Vector(Network network, double[] weights, int v) => weights[(v * network.ParameterCount)..((v + 1) * network.ParameterCount)];

    private static double OneByOne(string name, Network network, ArraySamples samples, double[] weights)
    {
        using var plan = new Plan<double>(network, TestDevices.Get(name));
        plan.SetParameters(weights);
        return Evaluation.Compute(plan, samples).Loss;
    }

    private static double[] Many(string name, Network network, ArraySamples samples, double[] weights, int chunk)
    {
        using var plan = new Plan<double>(network, TestDevices.Get(name), new PlanBudget(chunk, 0));
        double[] losses = new double[weights.Length / network.ParameterCount];
        Evaluation.Losses(plan, samples, weights, losses, TestContext.Current.CancellationToken);
        return losses;
    }
}
