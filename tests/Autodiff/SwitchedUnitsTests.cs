using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Kernels.Tests.Devices;

namespace BasinVolume.Autodiff.Tests;

public sealed class SwitchedUnitsTests
{
    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void Relus_that_change_sides_are_counted(string device)
    {
        // y = relu(w x) for x = 1, 2, −3, −4 and four units with weights 1, 1, −1, −1: turning one sign turns that unit in all samples, another size in none.
        Network network = new NetworkBuilder(new Shape(1)).Linear("a", 4, bias: false).Relu().Linear("b", 2, bias: false).SoftmaxLoss().Build();
        var samples = new ArraySamples([1, 2, -3, -4], [0, 1, 0, 1], [0.25, 0.25, 0.25, 0.25]);
        double[] rest = new double[8], reference = [1, 1, -1, -1, .. rest];
        var switched = Between(device, network, samples, reference, [3, 0.5, -2, -1, .. rest, -1, 1, -1, -1, .. rest, -1, -1, 1, 1, .. rest]);
        Assert.Equal([0, 0.25, 1], switched.Select(units => units.Relus));
        Assert.All(switched, units => Assert.True(double.IsNaN(units.MaxPools)));
    }

    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void Winners_that_change_are_counted(string device)
    {
        // A window over the two pixels of w x: with the other sign the other pixel wins, unless they are equal, where the first wins.
        Network network = new NetworkBuilder(new Shape(1, 2, 2))
            .Convolution("a", 1, 1, bias: false)
            .MaxPool(2)
            .Flatten()
            .Linear("b", 2, bias: false)
            .SoftmaxLoss()
            .Build();
        var samples = new ArraySamples([1, 2, 3, 4, 5, 5, 5, 5, 4, 3, 2, 1], [0, 1, 0], [0.25, 0.25, 0.5]);
        var switched = Between(device, network, samples, [1, 0, 0], [2, 0, 0, -1, 0, 0]);
        Assert.Equal([0, 2.0 / 3], switched.Select(units => units.MaxPools));
        Assert.True(double.IsNaN(switched[0].Relus));
    }

    [Fact]
    public void Smooth_networks_have_no_kinks_and_vectors_must_fit()
    {
        Assert.False(SwitchedUnits.CanOccurIn(TestNetworks.Residual()));
        Assert.True(SwitchedUnits.CanOccurIn(TestNetworks.SmallNotebook()));
        Network network = TestNetworks.Mlp();
        Assert.Throws<NetworkException>(() => Between(TestDevices.Cpu, network, ArraySamples.Random(network, 2, 1), new double[3], []));
    }

    private static SwitchedUnits[] Between(string device, Network network, ArraySamples samples, double[] reference, double[] others)
    {
        using var plan = new Plan<double>(network, TestDevices.Get(device), new PlanBudget(3, 0));
        return [.. SwitchedUnits.Between(plan, samples, reference, others, TestContext.Current.CancellationToken)];
    }
}
