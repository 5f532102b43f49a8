using BasinVolume.Autodiff.Networks;
using BasinVolume.Kernels.Tests.Devices;

namespace BasinVolume.Autodiff.Tests.Cases;

/// <summary>pytorch#25047: the order of parameters is a convention, and what does not depend on it must not change with it.</summary>
public sealed class LayoutTests
{
    [Fact]
    public void Layers_in_another_order_permute_the_hessian_and_keep_its_spectrum()
    {
        Network there = Branched(true), back = Branched(false);
        double[] parameters = TestNetworks.Parameters(there, 1);
        int[] places = [.. back.Parameters.SelectMany(parameter => Elements(there.Parameters.Single(other => other.Name == parameter.Name)))];
        Assert.NotEqual(Enumerable.Range(0, places.Length), places);
        AssertPermuted(there, parameters, back, places);
    }

    [Fact]
    public void Hidden_units_in_another_order_permute_the_hessian_and_keep_its_spectrum()
    {
        // y = b₂ + W₂ tanh(b₁ + W₁ x) does not change when rows of (W₁, b₁) and columns of W₂ change places together.
        Network network = new NetworkBuilder(new Shape(4)).Linear("a", 3).Tanh().Linear("b", 2).MeanSquaredLoss().Build();
        int[] units = [2, 0, 1];
        int[] places =
        [
            .. units.SelectMany(unit => Enumerable.Range(unit * 4, 4)),
            .. units.Select(unit => 12 + unit),
            .. Enumerable.Range(0, 2).SelectMany(output => units.Select(unit => 15 + (output * 3) + unit)),
            21, 22,
        ];
        AssertPermuted(network, TestNetworks.Parameters(network, 1), network, places);
    }

    [Fact]
    public void Channels_in_another_order_permute_the_hessian_and_keep_its_spectrum()
    {
        // The same for the channels of a convolution [3, 2, 2, 2] (outputs, inputs, height, width) before one of [1, 3, 2, 2].
        Network network = new NetworkBuilder(new Shape(2, 3, 4)).Convolution("a", 3, 2).Softplus().Convolution("b", 1, 2).Flatten().MeanSquaredLoss().Build();
        int[] channels = [1, 2, 0];
        int[] places =
        [
            .. channels.SelectMany(channel => Enumerable.Range(channel * 8, 8)),
            .. channels.Select(channel => 24 + channel),
            .. channels.SelectMany(channel => Enumerable.Range(27 + (channel * 4), 4)),
            39,
        ];
        AssertPermuted(network, TestNetworks.Parameters(network, 1), network, places);
    }

    // Parameter i of the second network is parameter places[i] of the first one.
    private static void AssertPermuted(Network first, double[] parameters, Network second, int[] places)
    {
        Hessian here = On.Hessian<double>(TestDevices.Cpu, first, parameters, ArraySamples.Random(first, 5, 2));
        Hessian there = On.Hessian<double>(TestDevices.Cpu, second, [.. places.Select(place => parameters[place])], ArraySamples.Random(second, 5, 2));
        double bound = 1e-14 * here.FrobeniusNorm;
        Assert.Equal(here.Loss, there.Loss, 1e-14 * here.Loss);
        for (int i = 0; i < places.Length; i++)
        {
            Assert.Equal(here.Gradient[places[i]], there.Gradient[i], 1e-14 * here.GradientNorm);
            for (int j = 0; j < places.Length; j++)
                Assert.Equal(here.Matrix[places[i], places[j]], there.Matrix[i, j], bound);
        }

        Assert.All(Spectrum.Of(here).Zip(Spectrum.Of(there)), pair => Assert.Equal(pair.First, pair.Second, 10 * bound));
    }

    private static Network Branched(bool tanhFirst)
    {
        var builder = new NetworkBuilder(new Shape(3));
        foreach (bool tanh in (bool[])[tanhFirst, !tanhFirst])
        {
            builder.From(NetworkBuilder.InputName);
            _ = tanh ? builder.Linear("tanh", 2).Tanh().As("left") : builder.Linear("silu", 2).Silu().As("right");
        }

        return builder.From("left").Sum("right").Linear("end", 2).MeanSquaredLoss().Build();
    }

    private static IEnumerable<int> Elements(Parameter parameter) => Enumerable.Range(parameter.Offset, parameter.Size);
}
