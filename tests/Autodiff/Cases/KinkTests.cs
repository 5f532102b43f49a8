using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Kernels.Tests.Devices;

namespace BasinVolume.Autodiff.Tests.Cases;

/// <summary>Points where a derivative is a choice; it is the same choice in every pass.</summary>
public sealed class KinkTests
{
    // Theano#3210, jax#37821.
    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void Relu_at_zero_has_the_derivative_zero(string device)
    {
        // L = ½ (relu(w) − 1)² at w = 0.
        Network network = new NetworkBuilder(new Shape(1)).Linear("w", 1, bias: false).Relu().MeanSquaredLoss().Build();
        foreach (Hessian hessian in On.Both(device, network, [0], new ArraySamples([1], [1.0], [0.5])))
            Assert.Equal((0.5, 0, 0), (hessian.Loss, hessian.Gradient[0], hessian.Matrix[0, 0]));
    }

    // functorch#1019, jax#628: a winner chosen anew in the tangent pass would make H asymmetric.
    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void The_first_of_tied_pixels_wins_in_every_pass(string device)
    {
        // L = ½ max(a, b, c, d)² at a = b = c = d = 2.
        Network network = new NetworkBuilder(new Shape(1)).Linear("w", 4, bias: false).Reshape(new Shape(1, 2, 2)).MaxPool(2).MeanSquaredLoss().Build();
        foreach (Hessian hessian in On.Both(device, network, [2, 2, 2, 2], new ArraySamples([1], [0.0], [0.5])))
        {
            Assert.Equal((2, 0), (hessian.Loss, hessian.Asymmetry));
            Assert.Equal([2, 0, 0, 0], hessian.Gradient);
            Assert.Equal([1, .. new double[15]], hessian.Matrix.Values);
        }
    }

    // MNIST's blank background: every window is a tie.
    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void Blank_images_give_a_symmetric_hessian(string device)
    {
        Network network = TestNetworks.SmallNotebook();
        double[] parameters = TestNetworks.Parameters(network, 5);
        Hessian hessian = On.Hessian<double>(
            device, network, parameters, new ArraySamples(new double[2 * network.Input.Size], [0, 2], [0.5, 0.5]), new PlanBudget(2, 1 << 16));
        Assert.InRange(hessian.Asymmetry, 0, 1e-15);
        Assert.True(hessian.FrobeniusNorm > 0);
    }
}
