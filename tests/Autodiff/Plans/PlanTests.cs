using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Host;

namespace BasinVolume.Autodiff.Tests.Plans;

public sealed class PlanTests
{
    [Fact]
    public void Running_a_plan_allocates_nothing()
    {
        using var device = new HostDevice(1);
        using var plan = new Plan<double>(TestNetworks.SmallNotebook(), device, new PlanBudget(16, 1 << 16));
        plan.SetParameters(ArraySamples.Normals(new Random(1), plan.Network.ParameterCount));
        ArraySamples samples = ArraySamples.Random(plan.Network, 16, 1);
        double[] direction = ArraySamples.Normals(new Random(2), plan.Network.ParameterCount);
        Run();
        Assert.Equal(0, Allocation.Of(Run));

        void Run()
        {
            plan.Load(samples, 0, 16);
            plan.Forward();
            plan.Adjoint();
            plan.AdjointOfValues();
            plan.WriteDirections(direction);
            foreach (Parameter parameter in plan.Network.Parameters)
                plan.MultiplyOneHot(plan.Inside(parameter), parameter, 0, Math.Min(parameter.Size, plan.Inside(parameter).Capacity));
            plan.MultiplyDense(1);
        }
    }

    // Also where layers share a tensor, each of which has a place of its own for its share of the gradient.
    [Fact]
    public void Adjoints_of_values_alone_are_the_same_and_leave_the_gradients_place_alone()
    {
        using var device = new HostDevice(2);
        foreach (Network network in (Network[])[TestNetworks.Ties(), TestNetworks.SmallNotebook(), TestNetworks.Normalised(), TestNetworks.Random(3)])
        {
            using var plan = new Plan<double>(network, device, new PlanBudget(5, 0));
            plan.SetParameters(TestNetworks.Parameters(network, 1));
            plan.Load(ArraySamples.Random(network, 5, 1), 0, 5);
            plan.Forward();
            plan.Adjoint();
            View<double>[] places =
                [.. network.Parameters.Select(plan.ParameterAdjoint), .. network.TiedUses.Select((_, use) => plan.TiedAdjoint(use))];
            double[][] adjoints = Adjoints(plan);
            foreach (View<double> place in places)
                place.Write([.. Enumerable.Repeat(double.NaN, place.Length)]);
            plan.Forward();
            Assert.False(plan.HasAdjoints);
            plan.AdjointOfValues();
            Assert.True(plan.HasAdjoints);
            Assert.Equal(adjoints, Adjoints(plan));
            Assert.All(places.SelectMany(Read), element => Assert.True(double.IsNaN(element)));
            Assert.All(network.Parameters, parameter => Assert.True(plan.ParameterAdjoint(parameter).IsEmpty));
            Assert.All(network.TiedUses, (_, use) => Assert.True(plan.TiedAdjoint(use).IsEmpty));
        }
    }

    private static double[][] Adjoints(Plan<double> plan) => [.. plan.Network.Values.Select((_, value) => Read(plan.Adjoint(value)))];

    private static double[] Read(View<double> view)
    {
        var values = new double[view.Length];
        view.Read(values);
        return values;
    }

    [Fact]
    public void Directions_of_a_late_layer_reach_nothing_before_it()
    {
        using var device = new HostDevice(1);
        using var plan = new Plan<double>(TestNetworks.SmallNotebook(), device);
        DirectionLayout<double> late = plan.Inside(plan.Network.Parameters[^1]);
        // Nodes: 0 convolution, 1 relu, 2 max-pool, 3 flatten, 4 linear, 5 loss.
        Assert.Equal([4], late.TangentNodes);
        Assert.Equal([5, 4], late.TangentAdjointNodes);
        Assert.Equal(plan.Network.Parameters[2].Offset, late.FirstRow);
        DirectionLayout<double> early = plan.Inside(plan.Network.Parameters[0]);
        Assert.Equal([0, 1, 2, 3, 4], early.TangentNodes);
        Assert.Equal([5, 4, 3, 2, 1, 0], early.TangentAdjointNodes);
        Assert.True(early.CopiesInput);
    }

    [Fact]
    public void Tangents_of_operators_that_act_in_place_lie_in_one_place()
    {
        // Values: 0 input, 1 convolution, 2 relu, 3 max-pool, 4 flatten, 5 linear.
        AssertPlaces(TestNetworks.SmallNotebook(), [(1, 2), (3, 4)]);
        // A smooth function's reverse pass needs its input's tangents once more.
        AssertPlaces(new NetworkBuilder(new Shape(1, 4, 4)).Convolution("a", 1, 2).Tanh().Flatten().Linear("b", 2).SoftmaxLoss().Build(), [(2, 3)]);
        // 1 convolution, needed twice, 2 relu, 3 leaky relu, 4 sum, 5 relu, needed twice, 6 reshape, 7 leaky relu, 8 reshape, 9 sum, 10 flatten, 11 linear, 12
        // leaky relu, 13 linear.
        // A sum lies at its first term's.
        AssertPlaces(TestNetworks.InPlace(), [(2, 3), (3, 4), (4, 5), (6, 7), (7, 8), (8, 9), (9, 10), (11, 12)]);
    }

    // Which neighbours, and no others, share the memory of their tangents and of their tangent-adjoints.
    private static void AssertPlaces(Network network, (int Value, int Next)[] together)
    {
        using var device = new HostDevice(1);
        using var plan = new Plan<double>(network, device);
        foreach (View<double>[] places in (View<double>[][])[plan.AllParameters.Tangents, plan.AllParameters.TangentAdjoints])
        {
            (int, int)[] shared =
                [.. Enumerable.Range(1, network.OutputValue - 1).Where(value => places[value] == places[value + 1]).Select(value => (value, value + 1))];
            Assert.Equal(together, shared);
            Assert.All(places[1..(network.OutputValue + 1)], place => Assert.False(place.IsEmpty));
        }
    }

    [Fact]
    public void The_wrong_number_of_parameters_is_refused()
    {
        using var device = new HostDevice(1);
        using var plan = new Plan<float>(TestNetworks.Mlp(), device);
        NetworkException error = Assert.Throws<NetworkException>(() => plan.SetParameters(new float[3]));
        Assert.Contains($"{plan.Network.ParameterCount} parameters; 3 were given", error.Message, StringComparison.Ordinal);
    }
}
