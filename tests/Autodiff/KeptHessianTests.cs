using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Autodiff.Sweeps;
using BasinVolume.Kernels.Host;

namespace BasinVolume.Autodiff.Tests;

/// <summary>A Hessian that goes on behind any of its shards has the bits of one in one go.</summary>
public sealed class KeptHessianTests : IDisposable
{
    private readonly HostDevice _device = new(2);

    public void Dispose() => _device.Dispose();

    // Of 70 samples there is one shard, of 1,500 there are two, and of 4,200 eight.
    [Theory]
    [InlineData(70, 1)]
    [InlineData(1500, 2)]
    [InlineData(4200, 8)]
    public void It_goes_on_behind_each_shard_with_the_same_bits(int samples, int shards)
    {
        foreach (Network network in (Network[])[TestNetworks.Mlp(), TestNetworks.SmallNotebook()])
        {
            var keeper = new Keeper(begun: null);
            Hessian expected = Compute(network, samples, keeper: null);
            Equal(expected, Compute(network, samples, keeper));
            Assert.Equal(Enumerable.Range(1, shards), keeper.Kept.Select(sums => sums.Shards));
            // As a binary counter has digits.
            Assert.All(keeper.Kept, sums => Assert.Equal(int.PopCount(sums.Shards), sums.Roots.Count));
            Assert.All(keeper.Kept, sums => Equal(expected, Compute(network, samples, new Keeper(sums))));
        }
    }

    [Fact]
    public void One_that_is_stopped_is_kept_as_far_as_it_came()
    {
        Network network = TestNetworks.Mlp();
        Hessian expected = Compute(network, 4200, keeper: null);
        foreach (double stop in (double[])[0.05, 0.2, 0.45, 0.7, 0.95])
        {
            using var source = new CancellationTokenSource();
            var keeper = new Keeper(begun: null) { IsDue = false };
            Assert.ThrowsAny<OperationCanceledException>(() => Compute(network, 4200, keeper, new Stop(stop, source), source.Token));
            // Eight shards, of which the whole ones are kept; of none there is nothing to keep.
            Assert.Equal((int)(8 * stop) is var whole and > 0 ? [whole] : [], keeper.Kept.Select(sums => sums.Shards));
            Assert.All(keeper.Kept, sums => Equal(expected, Compute(network, 4200, new Keeper(sums))));
        }
    }

    private Hessian Compute(Network network, int samples, Keeper? keeper, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        using var plan = new Plan<double>(network, _device, new PlanBudget(100, 1 << 16));
        plan.SetParameters(TestNetworks.Parameters(network, 1));
        return Hessian.Compute(plan, ArraySamples.Random(network, samples, 2), progress, into: null, keeper, cancellation);
    }

    private static void Equal(Hessian expected, Hessian found)
    {
        Assert.Equal(expected.Matrix.Values, found.Matrix.Values);
        Assert.Equal(expected.Gradient, found.Gradient);
        Assert.Equal((expected.Loss, expected.Asymmetry), (found.Loss, found.Asymmetry));
    }

    private sealed class Keeper(HessianSums? begun) : IHessianKeeper
    {
        public List<HessianSums> Kept { get; } = [];

        // What goes on takes its sums over, so each time it is given its own.
        public HessianSums? Begun { get; } = begun is null ? null : Copy(begun);

        public bool IsDue { get; init; } = true;

        public void Keep(HessianSums sums) => Kept.Add(Copy(sums));

        private static HessianSums Copy(HessianSums sums)
            => sums with { Roots = [.. sums.Roots.Select(root => root with { Triangle = [.. root.Triangle], Gradient = [.. root.Gradient] })] };
    }

    private sealed class Stop(double at, CancellationTokenSource source) : IProgress<double>
    {
        public void Report(double value)
        {
            if (value >= at)
                source.Cancel();
        }
    }
}
