using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Kernels.Host;

namespace BasinVolume.Autodiff.Tests;

public class GradientTests
{
    // Two shards of samples, so that a second sum is held, which is kept for the next gradient.
    [Fact]
    public void It_is_computed_where_the_caller_wants_it_and_in_memory_that_is_there()
    {
        Network network = new NetworkBuilder(new Shape(300)).Linear("a", 60).Tanh().Linear("b", 3).SoftmaxLoss().Build();
        using var device = new HostDevice(2);
        using var plan = new Plan<double>(network, device, new PlanBudget(4, 0));
        plan.SetParameters(TestNetworks.Parameters(network, 1));
        ArraySamples samples = ArraySamples.Random(network, 10, 1);
        double[] first = new double[network.ParameterCount], second = new double[network.ParameterCount];
        double loss = Gradient.Compute(plan, samples, first);
        Assert.InRange(Allocation.Of(() => Assert.Equal(loss, Gradient.Compute(plan, samples, second))), 0, 4096);
        Assert.Equal(first, second);
    }

    [Fact]
    public void An_array_of_another_length_is_refused()
    {
        using var device = new HostDevice(1);
        using var plan = new Plan<double>(TestNetworks.SmallNotebook(), device);
        int n = plan.Network.ParameterCount;
        NetworkException error = Assert.Throws<NetworkException>(() => Gradient.Compute(plan, ArraySamples.Random(plan.Network, 5, 1), new double[n + 1]));
        Assert.Equal($"The gradient of this network has {n} elements; the array given has {n + 1}.", error.Message);
    }
}
