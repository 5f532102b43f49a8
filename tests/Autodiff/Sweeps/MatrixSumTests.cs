using System.Numerics;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Autodiff.Sweeps;
using BasinVolume.Autodiff.Tests.Harness;
using BasinVolume.Kernels.Host;
using BasinVolume.Kernels.Ranks;

namespace BasinVolume.Autodiff.Tests.Sweeps;

/// <summary>Matrices over several shards, by one process and by several: the same bits, in the shape of the tree.</summary>
public sealed class MatrixSumTests
{
    // Fewer samples than a shard has at least, the most that are one, the fewest that are two, and enough for four and eight.
    private static readonly int[] _counts = [70, 1023, 1024, 2100, 4200];

    // As many processes as share a machine, and more than there are shards.
    private static readonly int[] _ranks = [1, 2, 3, 4, 5, 70];

    // A network of layers that multiply their input, one of layers that do not and one that does, and one with layers of both kinds that share tensors.
    private static Network[] Networks => [TestNetworks.Mlp(), TestNetworks.SmallNotebook(), TestNetworks.Ties()];

    [Fact]
    public void Hessians_have_the_same_bits_for_any_number_of_processes()
    {
        SameBits<double>(Networks[0], _counts, _ranks, OfHessian);
        foreach (Network network in Networks[1..])
            SameBits<double>(network, [1024, 2100], [1, 2, 3, 5], OfHessian);
    }

    [Fact]
    public void Hessians_in_single_precision() => SameBits<float>(Networks[0], [70, 2100], [2, 3], OfHessian);

    [Fact]
    public void Gauss_newton_matrices() => SameBits<double>(Networks[0], [70, 1024, 2100], _ranks, (plan, samples) =>
    {
        var found = GaussNewton.Compute(plan, samples);
        return [.. found.Matrix.Values, found.Loss, found.Asymmetry];
    });

    // Each shard by itself as samples of their own, which are one shard then, and the tree over them written as what it is.
    [Fact]
    public void A_hessian_is_a_binary_tree_over_shards()
    {
        foreach (Network network in Networks)
        {
            foreach (int count in _counts)
            {
                ArraySamples samples = ArraySamples.Random(network, count, 1);
                using var device = new HostDevice(2);
                using var plan = new Plan<double>(network, device, new PlanBudget(100, 1 << 16));
                plan.SetParameters(TestNetworks.Parameters(network, 1));
                var shards = SampleShards.OfMatrices(plan, count);
                double[] Tree(int first, int end)
                {
                    if (end - first > 1)
                        return [.. Tree(first, (first + end) / 2).Zip(Tree((first + end) / 2, end), (left, right) => left + right)];
                    var one = Hessian.Compute(plan, new SomeSamples(samples, shards[first].First, shards[first].Count));
                    return [.. one.Matrix.Values, .. one.Gradient, one.Loss];
                }

                Assert.Equal(Tree(0, shards.Count), OfHessian(plan, samples)[..^1]);
            }
        }
    }

    [Fact]
    public void A_rank_reads_its_own_samples_only()
    {
        Network network = TestNetworks.Mlp();
        foreach (int count in (int[])[2, 3, 70])
        {
            ArraySamples all = ArraySamples.Random(network, 2100, 1);
            int[][] seen = ThreadRanks.Run(count, ranks => With<double, int[]>(network, ranks, plan =>
            {
                SomeSamples first = new(all), second = new(all);
                Hessian.Compute(plan, first);
                GaussNewton.Compute(plan, second);
                Assert.Equal(first.Seen, second.Seen);
                return [.. first.Seen];
            }));
            Assert.Equal(Enumerable.Range(0, 2100), seen.SelectMany(numbers => numbers));
        }
    }

    // Of four shards the second of two ranks has the right half: one root, a packed triangle with gradient and loss, and what its raw matrices differ by.
    [Fact]
    public void Packed_triangles_are_what_is_sent()
    {
        Network network = TestNetworks.Mlp();
        long n = network.ParameterCount, length = (n * (n + 1) / 2) + n + 1 + 1;
        long[] sent = ThreadRanks.Run(2, ranks => With<double, long>(network, ranks, plan =>
        {
            OfHessian(plan, ArraySamples.Random(network, 2100, 1));
            return ranks.Numbers;
        }));
        Assert.Equal([length, length], sent);
    }

    // The largest of the shards', beside the largest element of the whole.
    [Fact]
    public void The_asymmetry_is_the_largest_of_a_shards()
    {
        Network network = TestNetworks.SmallNotebook();
        ArraySamples samples = ArraySamples.Random(network, 2100, 1);
        With<float, int>(network, OneRank.Alone, plan =>
        {
            var shards = SampleShards.OfMatrices(plan, samples.Count);
            double largest = Enumerable.Range(0, shards.Count).Max(shard =>
            {
                var one = Hessian.Compute(plan, new SomeSamples(samples, shards[shard].First, shards[shard].Count));
                return one.Asymmetry * one.Matrix.Values.Max(Math.Abs);
            });
            var whole = Hessian.Compute(plan, samples);
            Assert.True(largest > 0);
            Assert.Equal(largest / whole.Matrix.Values.Max(Math.Abs), whole.Asymmetry, 1e-15 * whole.Asymmetry);
            return 0;
        });
    }

    [Fact]
    public void Progress_goes_to_the_end_without_a_step_back()
    {
        Network network = TestNetworks.Mlp();
        var told = new List<double>();
        With<double, Hessian>(network, OneRank.Alone, plan => Hessian.Compute(plan, ArraySamples.Random(network, 2100, 1), new Listener(told)));
        Assert.Equal(told.Order(), told);
        Assert.Equal(1, told[^1]);
        Assert.True(told.Count > 4);
    }

    // In all processes alike: none goes on with numbers that another refuses.
    [Fact]
    public void Numbers_that_are_not_finite_are_refused_by_every_process()
    {
        Network network = TestNetworks.Mlp();
        ArraySamples good = ArraySamples.Random(network, 2100, 1);
        string[] said = ThreadRanks.Run(3, ranks => With<double, string>(
            network, ranks, plan => Assert.Throws<NumericalException>(() => Hessian.Compute(plan, new OneInfinite(good))).Message));
        Assert.Single(said.Distinct());
    }

    private static double[] OfHessian<T>(Plan<T> plan, ISamples samples)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var found = Hessian.Compute(plan, samples);
        return [.. found.Matrix.Values, .. found.Gradient, found.Loss, found.Asymmetry];
    }

    private static void SameBits<T>(Network network, int[] counts, int[] rankCounts, Func<Plan<T>, ISamples, double[]> work)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArraySamples[] samples = [.. counts.Select(count => ArraySamples.Random(network, count, 1))];
        double[][] expected = [.. samples.Select(each => With<T, double[]>(network, OneRank.Alone, plan => work(plan, each)))];
        foreach (int ranks in rankCounts)
        {
            double[][][] found = ThreadRanks.Run(ranks, rank => With<T, double[][]>(network, rank, plan => [.. samples.Select(each => work(plan, each))]));
            Assert.All(found, each => Assert.Equal(expected, each));
        }
    }

    private static TResult With<T, TResult>(Network network, IRanks ranks, Func<Plan<T>, TResult> work)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var device = new HostDevice(ranks.Count > 2 ? 1 : 2) { Ranks = ranks };
        using var plan = new Plan<T>(network, device, new PlanBudget(100, 1 << 16));
        plan.SetParameters(Array.ConvertAll(TestNetworks.Parameters(network, 2), T.CreateTruncating));
        return work(plan);
    }

    private sealed class Listener(List<double> told) : IProgress<double>
    {
        public void Report(double value) => told.Add(value);
    }

    /// <summary>The same samples, one of which has an infinite weight.</summary>
    private sealed class OneInfinite(ISamples samples) : ISamples
    {
        public int Count => samples.Count;

        public void Read<T>(int first, Span<T> inputs, Span<int> labels, Span<T> targets, Span<T> weights)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            samples.Read(first, inputs, labels, targets, weights);
            if (1700 >= first && 1700 < first + weights.Length)
                weights[1700 - first] = T.PositiveInfinity;
        }
    }
}
