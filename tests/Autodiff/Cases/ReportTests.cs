using BasinVolume.Autodiff.Networks;
using BasinVolume.Kernels.Tests.Devices;

namespace BasinVolume.Autodiff.Tests.Cases;

/// <summary>What a Hessian says about itself.</summary>
public sealed class ReportTests
{
    // TensorFlow#10513.
    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void The_asymmetry_of_the_raw_matrix_is_reported_and_taken_out(string device)
    {
        Network network = TestNetworks.Activations();
        Hessian[] both = On.Both(device, network, TestNetworks.Parameters(network, 1), ArraySamples.Random(network, 4, 2));
        // A few roundings of single precision, and a billion times less in double.
        Assert.InRange(both[1].Asymmetry, float.Epsilon, 1e-5);
        Assert.InRange(both[0].Asymmetry, 0, 1e-14);
        Assert.All(both, hessian => Assert.Equal(hessian.Matrix.Transpose().Values, hessian.Matrix.Values));
    }

    // PyHessian PR#24: whether the penalty is in.
    [Fact]
    public void A_regulariser_is_in_or_out_exactly()
    {
        Network network = TestNetworks.Mlp();
        double[] parameters = TestNetworks.Parameters(network, 1);
        Hessian without = On.Hessian<double>(TestDevices.Cpu, network, parameters, ArraySamples.Random(network, 4, 2));
        const double Decay = 0.25;
        Hessian with = without.WithWeightDecay(Decay, parameters);
        Assert.Equal((0, Decay), (without.WeightDecay, with.WeightDecay));
        Assert.Equal(without.Loss + (0.5 * Decay * parameters.Sum(w => w * w)), with.Loss);
        for (int i = 0; i < parameters.Length; i++)
        {
            Assert.Equal(without.Gradient[i] + (Decay * parameters[i]), with.Gradient[i]);
            for (int j = 0; j < parameters.Length; j++)
                Assert.Equal(without.Matrix[i, j] + (i == j ? Decay : 0), with.Matrix[i, j]);
        }

        Assert.Equal(2 * Decay, with.WithWeightDecay(Decay, parameters).WeightDecay);
        Assert.Contains("3 were given", Assert.Throws<NetworkException>(() => without.WithWeightDecay(Decay, new double[3])).Message, StringComparison.Ordinal);
    }

    // hessian-eigenthings#20: away from a minimum the gradient is not zero, and its norm says so.
    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void The_gradients_norm_says_how_far_from_a_minimum_the_point_is(string device)
    {
        // L = (w − 3)² at w = 1 and at its minimum: |g| = 4 and 0.
        Network network = new NetworkBuilder(new Shape(1)).Linear("w", 1, bias: false).MeanSquaredLoss().Build();
        var samples = new ArraySamples([1], [3.0], [1]);
        Assert.All(On.Both(device, network, [1], samples), hessian => Assert.Equal(4, hessian.GradientNorm));
        Assert.All(On.Both(device, network, [3], samples), hessian => Assert.Equal(0, hessian.GradientNorm));
    }
}
