using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Operators;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Kernels.Tests.Devices;

namespace BasinVolume.Autodiff.Tests;

public sealed class NormalizationStatisticsTests
{
    // Of (1, 5, 3) and (0, 2, 4) the first element has mean ½ and variance ¼, the second 3½ and 2¼, the third 3½ and ¼.
    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void They_are_mean_and_variance_over_samples(string device)
    {
        Network network = new NetworkBuilder(new Shape(3)).BatchNormalization("bn").MeanSquaredLoss().Build();
        Network measured = Measure(device, network, new ArraySamples([1, 5, 3, 0, 2, 4], new double[6], [1.0, 1]), [1, 1, 1, 0, 0, 0]);
        Assert.Equal([0.5, 3.5, 3.5], measured.Buffers[0].Values);
        Assert.Equal([0.25, 2.25, 0.25], measured.Buffers[1].Values);
    }

    // What comes out of each normalisation has mean 0 and variance 1/(1 + ε/σ²) in every channel, over samples and pixels, when the one before it has been
    // measured first.
    [Fact]
    public void Each_layer_is_measured_behind_those_before_it()
    {
        Network network = new NetworkBuilder(new Shape(2, 4, 3))
            .Convolution("a", 3, 2).BatchNormalization("n").Relu().Convolution("b", 2, 2).BatchNormalization("m")
            .Flatten().Linear("fc", 2).SoftmaxLoss().Build();
        ArraySamples samples = ArraySamples.Random(network, 7, 3);
        double[] parameters = TestNetworks.Parameters(network, 4);
        Network measured = Measure(TestDevices.Cpu, network, samples, parameters);
        int[] layers = [.. Enumerable.Range(0, network.Nodes.Length).Where(node => network.Nodes[node].Operator is FixedStandardization)];
        Assert.Equal(2, layers.Length);
        foreach (int node in layers)
        {
            Shape shape = measured.Values[node + 1];
            double[] variances = [.. ((FixedStandardization)measured.Nodes[node].Operator).Buffers[1].Values];
            double[] values = Values(measured, node + 1, samples, parameters);
            int channels = shape.Dimensions[0], pixels = shape.Size / channels;
            for (int c = 0; c < channels; c++)
            {
                double[] ofChannel = [.. values.Where((_, i) => i / pixels % channels == c)];
                Assert.Equal(0, ofChannel.Average(), 1e-13);
                Assert.Equal(variances[c] / (variances[c] + 1e-5), ofChannel.Average(value => value * value), 1e-13);
            }
        }
    }

    private static Network Measure(string device, Network network, ArraySamples samples, double[] parameters)
        => NormalizationStatistics.Measure<double>(
            network, samples, parameters, known => new Plan<double>(known, TestDevices.Get(device), new PlanBudget(2, 0)));

    // A value of the network as the output of one that ends there; what the loss would need besides is left as it is.
    private static double[] Values(Network network, int value, ArraySamples samples, double[] parameters)
    {
        var loss = new MeanSquaredLoss(network.Values[value], SquaredMean.OverElements);
        var cut = new Network(network.Input, [.. network.Nodes.Take(value), new Node(loss, [value])]);
        using var plan = new Plan<double>(cut, TestDevices.Get(TestDevices.Cpu), new PlanBudget(3, 0));
        plan.SetParameters(parameters.AsSpan(0, cut.ParameterCount));
        var inputs = new double[samples.Count * network.Input.Size];
        var weights = new double[samples.Count];
        samples.Read(0, inputs.AsSpan(), new int[samples.Count], [], weights.AsSpan());
        var targets = new double[samples.Count * network.Values[value].Size];
        return Evaluation.Outputs(plan, new ArraySamples(inputs, targets, weights)).Values;
    }
}
