using BasinVolume.Autodiff.Identities;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Host;

namespace BasinVolume.Autodiff.Tests.Identities;

/// <summary>What a network's graph and derivatives say of directions along which its loss is flat, counted by hand.</summary>
public class FlatDirectionsTests
{
    [Fact]
    public void A_linear_layer_before_a_softmax_has_a_shift_for_each_feature_and_one_for_the_bias()
    {
        FlatDirections flat = Of(TestNetworks.SoftmaxRegression(inputs: 2, classes: 3), ArraySamples.Random(TestNetworks.SoftmaxRegression(2, 3), 7, seed: 1));
        SharedShift shift = Assert.Single(flat.Shifts);
        Assert.Equal("softmax shift of fc", shift.Name);
        // W is [3, 2] from 0 on, β is [3] from 6 on.
        Assert.Equal([[0, 2, 4], [1, 3, 5], [6, 7, 8]], shift.Sets.Select(set => set.ToArray()));
        Assert.Empty(flat.Unfelt);
    }

    [Fact]
    public void A_feature_that_no_sample_has_is_dead_in_every_class()
    {
        // The second of two inputs is 0 in both samples.
        var samples = new ArraySamples([0.5, 0, -1.5, 0], [0, 2], [0.5, 0.5]);
        UnfeltParameters dead = Assert.Single(Of(TestNetworks.SoftmaxRegression(2, 3), samples).Unfelt);
        Assert.Equal("dead features of fc", dead.Name);
        Assert.Equal([1, 3, 5], dead.Places);
    }

    [Fact]
    public void A_tensor_that_nothing_uses_is_named_apart()
    {
        Network network = TestNetworks.Branches();
        Parameter extra = network.Parameters.Single(parameter => parameter.Name.StartsWith("extra", StringComparison.Ordinal));
        FlatDirections flat = Of(network, ArraySamples.Random(network, 5, seed: 2));
        UnfeltParameters unused = Assert.Single(flat.Unfelt);
        Assert.Equal("unused parameters", unused.Name);
        Assert.Equal(Enumerable.Range(extra.Offset, extra.Size), unused.Places);
    }

    [Fact]
    public void A_squared_loss_knows_no_shift()
    {
        Network network = new NetworkBuilder(new Shape(2)).Linear("a", 3).MeanSquaredLoss().Build();
        Assert.Empty(Of(network, ArraySamples.Random(network, 5, seed: 3)).Shifts);
    }

    [Fact]
    public void A_hessian_of_another_order_is_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => FlatDirections.Of(TestNetworks.SoftmaxRegression(2, 3), new Matrix(8, 8), new double[9]));
        Assert.Contains("8 x 8", error.Message, StringComparison.Ordinal);
    }

    private static FlatDirections Of(Network network, ArraySamples samples)
    {
        using var device = new HostDevice(1);
        using var plan = new Plan<double>(network, device, new PlanBudget(4, 1 << 16));
        plan.SetParameters(TestNetworks.Parameters(network, seed: 5));
        Hessian hessian = Hessian.Compute(plan, samples);
        return FlatDirections.Of(network, hessian.Matrix, hessian.Gradient);
    }
}
