using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Operators;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Host;

namespace BasinVolume.Autodiff.Tests.Plans;

public sealed class PlanBudgetTests : IDisposable
{
    private readonly Network _network = TestNetworks.DeepConvolution();
    private readonly HostDevice _device = new(2);

    public void Dispose() => _device.Dispose();

    // More directions and samples than fit: both shrink by themselves and the Hessian stays (jax#787, functorch#1058).
    [Fact]
    public void A_plan_keeps_to_its_budget_and_the_hessian_does_not_change()
    {
        ArraySamples samples = ArraySamples.Random(_network, 300, 1);
        Hessian expected = HessianWithin(long.MaxValue, out _);
        foreach (long bytes in (long[])[1 << 22, 1 << 18, 1 << 16])
        {
            Hessian actual = HessianWithin(bytes, out PlanBudget budget);
            long taken = ChunkMemory<double>.Bytes(_network, budget.Samples) + Math.Max(
                budget.DirectionBytes, sizeof(double) * DirectionLayout<double>.Least(_network, budget.Samples));
            Assert.InRange(taken + (sizeof(double) * DirectionMemory<double>.GramWorkspaces(_network, budget.Samples)), 1, bytes);
            double bound = 1e-13 * expected.FrobeniusNorm;
            Assert.All(expected.Matrix.Values.Zip(actual.Matrix.Values), pair => Assert.Equal(pair.First, pair.Second, bound));
        }

        Hessian HessianWithin(long bytes, out PlanBudget budget)
        {
            budget = PlanBudget.For<double>(_network, _device.Description, bytes);
            using var plan = new Plan<double>(_network, _device, budget);
            plan.SetParameters(TestNetworks.Parameters(_network, 2));
            return Hessian.Compute(plan, samples);
        }
    }

    [Fact]
    public void A_plan_for_many_vectors_keeps_to_its_budget_and_the_losses_do_not_change()
    {
        ArraySamples samples = ArraySamples.Random(_network, 30, 1);
        double[] weights = [.. Enumerable.Range(0, 9).SelectMany(seed => TestNetworks.Parameters(_network, seed))];
        double[] expected = LossesWithin(long.MaxValue);
        foreach (long bytes in (long[])[1 << 20, 1 << 16])
            Assert.Equal(expected, LossesWithin(bytes));

        double[] LossesWithin(long bytes)
        {
            var budget = PlanBudget.ForManyVectors<double>(_network, _device.Description, bytes);
            Assert.InRange(
                ChunkMemory<double>.Bytes(_network, budget.Samples) + (sizeof(double) * DirectionLayout<double>.Least(_network, budget.Samples)), 1, bytes);
            using var plan = new Plan<double>(_network, _device, budget);
            double[] losses = new double[9];
            Evaluation.Losses(plan, samples, weights, losses, TestContext.Current.CancellationToken);
            return losses;
        }
    }

    [Fact]
    public void Plenty_of_memory_changes_nothing()
        => Assert.Equal(PlanBudget.For<double>(_network, _device.Description, 1L << 40), PlanBudget.For<double>(_network, _device.Description, 1L << 31));

    [Fact]
    public void Too_little_for_one_sample_is_refused_with_what_it_takes()
    {
        DeviceException error = Assert.Throws<DeviceException>(() => PlanBudget.For<double>(_network, _device.Description, 1000));
        Assert.Contains("only 1 KB may be used", error.Message, StringComparison.Ordinal);
    }

    // The bytes that are promised are those that are taken.
    [Fact]
    public void Memory_is_counted_as_it_is_allocated()
    {
        foreach (Network network in (Network[])[_network, TestNetworks.Branches(), TestNetworks.Regression(SquaredMean.OverElements)])
        {
            using var memory = new ChunkMemory<double>(network, _device, 7, Reach.Adjoints(network, 0));
            long placed = memory.Parameters.Length + memory.ParameterAdjoints.Length + memory.Weights.Length + memory.Targets.Length
                + memory.Values.Sum(view => view.Length) + memory.Adjoints.Sum(view => view.Length) + memory.Saved.Sum(view => view.Length);
            long indices = memory.Labels.Length + memory.SavedIndices.Sum(view => view.Length);
            Assert.Equal((placed * sizeof(double)) + (indices * sizeof(int)), ChunkMemory<double>.Bytes(network, 7));
        }
    }
}
