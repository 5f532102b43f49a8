using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Host;

namespace BasinVolume.Autodiff.Tests.Plans;

public sealed class AdjointPlacesTests
{
    private static readonly Network[] _networks =
    [
        TestNetworks.SmallNotebook(), TestNetworks.DeepConvolution(), TestNetworks.Branches(), TestNetworks.InPlace(), TestNetworks.Residual(),
        TestNetworks.Sides(), TestNetworks.Normalised(), TestNetworks.Products(), TestNetworks.Ties(), TestNetworks.Transformer(5, 3, 4, 2, 2),
        .. Enumerable.Range(1, 20).Select(TestNetworks.Random),
    ];

    // However many layers there are; relus take the places that are there.
    [Theory]
    [InlineData(2)]
    [InlineData(9)]
    public void A_chain_takes_the_places_of_two(int layers)
    {
        NetworkBuilder smooth = new(new Shape(7)), kinked = new(new Shape(7));
        for (int layer = 0; layer < layers; layer++)
        {
            smooth = smooth.Linear($"{layer}", 7).Tanh();
            kinked = kinked.Linear($"{layer}", 7).Relu();
        }

        Assert.Equal(14, PlacesOf(smooth.Linear("last", 7).SoftmaxLoss().Build()).Length);
        Assert.Equal(14, PlacesOf(kinked.Linear("last", 7).SoftmaxLoss().Build()).Length);
    }

    // A reverse pass is written out: what a node reads must still be there, and what it writes must not lie on anything that somebody reads later.
    [Fact]
    public void Nothing_that_is_still_wanted_is_written_over()
    {
        using var device = new HostDevice(1);
        foreach (Network network in _networks)
        {
            bool[] adjoints = Reach.Adjoints(network, 0);
            AdjointPlaces places = PlacesOf(network);
            using DeviceBuffer<int> buffer = device.Allocate<int>((int)places.Length);
            View<int>[] all = places.In(buffer.View, 1);
            foreach (int node in Reach.ReverseNodes(network, adjoints, 0))
            {
                if (adjoints[node + 1])
                    Assert.All(Elements(all[node + 1]), element => Assert.Equal(node + 1, element));
                foreach (int input in network.Nodes[node].Inputs.Where(value => adjoints[value]))
                    all[input].Write([.. Enumerable.Repeat(input, all[input].Length)]);
            }

            Assert.Equal(Sizes(network, adjoints), all.Select(place => place.Length));
        }
    }

    [Fact]
    public void The_gradient_is_the_same_as_with_adjoints_that_stay()
    {
        using var device = new HostDevice(2);
        foreach (Network network in _networks)
        {
            using var plan = new Plan<double>(network, device, new PlanBudget(5, 0));
            plan.SetParameters(TestNetworks.Parameters(network, 1));
            plan.Load(ArraySamples.Random(network, 5, 1), 0, 5);
            plan.Forward();
            plan.Adjoint();
            double[] expected = Gradient(plan);
            Assert.True(plan.HasAdjoints);
            plan.AdjointOfParameters();
            Assert.False(plan.HasAdjoints);
            Assert.Equal(expected, Gradient(plan));
        }
    }

    private static AdjointPlaces PlacesOf(Network network)
    {
        bool[] adjoints = Reach.Adjoints(network, 0);
        return AdjointPlaces.Of(network, adjoints, Reach.ReverseNodes(network, adjoints, 0));
    }

    private static IEnumerable<int> Sizes(Network network, bool[] adjoints)
        => network.Values.Select((shape, value) => adjoints[value] ? shape.Size : 0);

    private static int[] Elements(View<int> view)
    {
        var elements = new int[view.Length];
        view.Read(elements);
        return elements;
    }

    private static double[] Gradient(Plan<double> plan)
    {
        var gradient = new double[plan.Network.ParameterCount];
        plan.ReadGradient(gradient, accumulate: false);
        return gradient;
    }
}
