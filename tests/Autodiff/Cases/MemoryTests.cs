using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Kernels.Host;

namespace BasinVolume.Autodiff.Tests.Cases;

/// <summary>jax#787 (551 GB for a Hessian of 221 MB), functorch#1058: what is held at once is bounded, whatever the number of samples and directions.</summary>
public sealed class MemoryTests
{
    private static readonly Network Network = TestNetworks.DeepConvolution();

    [Fact]
    public void A_small_budget_gives_the_same_hessian()
    {
        ArraySamples samples = ArraySamples.Random(Network, 20, 1);
        Hessian wide = Compute(new PlanBudget(20, 1 << 24)), narrow = Compute(new PlanBudget(20, 0)), parts = Compute(new PlanBudget(3, 0));
        // Directions are independent of each other; chunks of samples are added in another order.
        Assert.Equal(wide.Matrix.Values, narrow.Matrix.Values);
        Assert.All(wide.Matrix.Values.Zip(parts.Matrix.Values), pair => Assert.Equal(pair.First, pair.Second, 1e-14 * wide.FrobeniusNorm));

        Hessian Compute(PlanBudget budget)
        {
            using var device = new HostDevice(1);
            using var plan = new Plan<double>(Network, device, budget);
            plan.SetParameters(TestNetworks.Parameters(Network, 2));
            return Hessian.Compute(plan, samples);
        }
    }

    [Fact]
    public void Blocks_of_directions_shrink_to_the_budget()
    {
        using var device = new HostDevice(1);
        using var none = new Plan<double>(Network, device, new PlanBudget(20, 0));
        Assert.Equal(1, none.AllParameters.Capacity);
        foreach (long bytes in (long[])[1 << 19, 1 << 20])
        {
            using var plan = new Plan<double>(Network, device, new PlanBudget(20, bytes));
            foreach (DirectionLayout<double> layout in Network.Parameters.Select(plan.Inside).Append(plan.AllParameters))
            {
                long elements = (long)layout.Directions.Length + layout.Result.Length + layout.Tangents.Concat(layout.TangentAdjoints).Distinct().Sum(
                    view => (long)view.Length);
                Assert.InRange(elements * sizeof(double), 0, bytes);
            }
        }
    }

    [Fact]
    public void Memory_does_not_depend_on_the_number_of_samples()
    {
        using var device = new HostDevice(1);
        using var plan = new Plan<double>(Network, device, new PlanBudget(8, 1 << 16));
        plan.SetParameters(TestNetworks.Parameters(Network, 2));
        // Two shards each, so that as many sums are held.
        const int MoreChunks = 30;
        ArraySamples few = ArraySamples.Random(Network, 1024, 1), many = ArraySamples.Random(Network, 1024 + (8 * MoreChunks), 1);
        Hessian.Compute(plan, many);
        // The compiler may take a short-lived object or two off the heap while the test runs; one object a chunk would be at least 24 bytes each.
        long growth = Allocation.Of(() => Hessian.Compute(plan, many)) - Allocation.Of(() => Hessian.Compute(plan, few));
        Assert.InRange(growth, long.MinValue, 8 * MoreChunks);
    }

    // Of eight shards at most three sums wait, as packed triangles, while the next is computed.
    [Fact]
    public void A_hessian_of_many_shards_holds_its_matrix_and_a_packed_triangle_for_each_level()
    {
        using var device = new HostDevice(1);
        Network network = new NetworkBuilder(new Shape(20)).Linear("a", 10).Tanh().Linear("b", 3).SoftmaxLoss().Build();
        using var plan = new Plan<double>(network, device, new PlanBudget(100, 1 << 16));
        plan.SetParameters(TestNetworks.Parameters(network, 2));
        ArraySamples samples = ArraySamples.Random(network, 4200, 1);
        long n = network.ParameterCount, whole = sizeof(double) * n * n, triangle = sizeof(double) * n * (n + 1) / 2;
        long taken = Allocation.Of(() => Hessian.Compute(plan, samples));
        Assert.InRange(taken, whole + (3 * triangle), whole + (7 * triangle / 2));
        Assert.True(taken < Hessian.MostMatrices * whole);
    }
}
