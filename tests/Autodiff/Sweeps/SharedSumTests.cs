using System.Numerics;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Autodiff.Sweeps;
using BasinVolume.Autodiff.Tests.Harness;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Host;
using BasinVolume.Kernels.Ranks;

namespace BasinVolume.Autodiff.Tests.Sweeps;

/// <summary>
/// Sums over samples by several processes, which are threads here, against a process alone: the same bits, and each reads its own samples only.
/// </summary>
public sealed class SharedSumTests
{
    private const int Chunk = 4;

    // Fewer samples than a chunk has, as many, the fewest that are two shards, the most that are 32, and enough for 64.
    private static readonly int[] _counts = [3, Chunk, 2 * Chunk, (64 * Chunk) - 1, (64 * Chunk) + 45];

    // As many processes as share a machine, and more than there are shards.
    private static readonly (int Ranks, int[] Samples)[] _cases = [(1, _counts), (2, _counts), (3, _counts), (4, _counts), (5, _counts), (70, [3, 301])];

    private static readonly Network _network = TestNetworks.SmallNotebook();

    [Fact]
    public void Losses_and_gradients() => SameBits(_network, (plan, samples) => Gradients(plan, samples));

    [Fact]
    public void Losses_and_gradients_in_single_precision()
        => SameBits<float>(_network, (plan, samples) => Gradients(plan, samples));

    [Fact]
    public void Products_with_directions() => SameBits(_network, (plan, samples) =>
    {
        Matrix directions = Directions(plan.Network);
        return [.. Hessian.Multiply(plan, samples, directions).Values, .. GaussNewton.Multiply(plan, samples, directions).Values];
    });

    // More directions than go at once through several shards: each is what it is by itself.
    [Fact]
    public void Many_directions_go_in_turns()
    {
        ArraySamples samples = ArraySamples.Random(_network, 40, 1);
        With<double, int>(_network, OneRank.Alone, plan =>
        {
            int n = plan.Network.ParameterCount;
            var directions = new Matrix(37, n, ArraySamples.Normals(new Random(3), 37 * n));
            double[] each = [.. Enumerable.Range(0, 37).SelectMany(v => Hessian.Multiply(plan, samples, new(1, n, directions.Row(v).ToArray())).Values)];
            Assert.Equal(each, Hessian.Multiply(plan, samples, directions).Values);
            return 0;
        });
    }

    [Fact]
    public void Blocks() => SameBits(_network, (plan, samples) =>
    {
        Parameter first = plan.Network.Parameters[0], last = plan.Network.Parameters[^1];
        return [.. Hessian.Block(plan, samples, [first, last], [last]).Values, .. GaussNewton.Block(plan, samples, [last], [last]).Values];
    });

    [Fact]
    public void Evaluations() => SameBits(_network, (plan, samples) =>
    {
        var evaluation = Evaluation.Compute(plan, samples);
        return [evaluation.Loss, evaluation.Correct, evaluation.Total];
    });

    [Fact]
    public void Scales_of_rounding() => SameBits(_network, (plan, samples) =>
    {
        var terms = TermSweep.Run(plan, samples, Directions(plan.Network));
        return [terms.Gradient, terms.Curvature, terms.RecomputedGradient, terms.RecomputedCurvature];
    });

    // Parted by vector: more and fewer vectors than ranks.
    [Fact]
    public void Losses_at_weight_vectors()
    {
        foreach (int vectors in (int[])[1, 4, 11])
        {
            double[] weights = [.. Enumerable.Range(0, vectors).SelectMany(seed => TestNetworks.Parameters(_network, seed))];
            SameBits(_network, (plan, samples) =>
            {
                var losses = new double[vectors];
                Evaluation.Losses(plan, samples, weights, losses);
                return losses;
            });
        }
    }

    // What is no sum over samples is done whole by each.
    [Fact]
    public void Outputs() => SameBits(_network, (plan, samples) => Evaluation.Outputs(plan, samples).Values);

    // Each shard by itself as samples of their own, which are one shard then, and the tree over them written as what it is.
    [Fact]
    public void A_sum_is_a_binary_tree_over_shards()
    {
        foreach (int count in _counts)
        {
            ArraySamples samples = ArraySamples.Random(_network, count, 1);
            using var device = new HostDevice(2);
            using var plan = new Plan<double>(_network, device, new PlanBudget(Chunk, 0));
            plan.SetParameters(TestNetworks.Parameters(_network, 1));
            var shards = SampleShards.OfVectors(plan, count);
            double[] Tree(int first, int end)
            {
                if (end - first > 1)
                    return [.. Tree(first, (first + end) / 2).Zip(Tree((first + end) / 2, end), (left, right) => left + right)];
                return Gradients(plan, new SomeSamples(samples, shards[first].First, shards[first].Count));
            }

            Assert.Equal(Tree(0, shards.Count), Gradients(plan, samples));
        }
    }

    [Fact]
    public void A_rank_reads_its_own_samples_only()
    {
        foreach ((int count, int[] counts) in _cases)
        {
            foreach (int samples in counts)
            {
                ArraySamples all = ArraySamples.Random(_network, samples, 1);
                int[][] seen = ThreadRanks.Run(count, ranks => With<double, int[]>(_network, ranks, plan =>
                {
                    int[][] each = [.. Works(plan).Select(work =>
                    {
                        var own = new SomeSamples(all);
                        work(own);
                        return own.Seen.ToArray();
                    })];
                    Assert.All(each, numbers => Assert.Equal(Owned(plan, samples), numbers));
                    return each[0];
                }));
                Assert.Equal(Enumerable.Range(0, samples), seen.SelectMany(numbers => numbers));
            }
        }
    }

    // What training has ready before it is asked for.
    [Fact]
    public void The_chunks_of_a_gradient_are_those_that_it_reads()
    {
        foreach (int samples in _counts)
        {
            IEnumerable<SampleRange>[] chunks = ThreadRanks.Run(
                3, ranks => With<double, SampleRange[]>(_network, ranks, plan => [.. Gradient.ChunksOf(plan, samples)]));
            Assert.Equal(Enumerable.Range(0, samples), chunks.SelectMany(ranges => ranges.SelectMany(range => Enumerable.Range(range.First, range.Count))));
            Assert.All(chunks.SelectMany(ranges => ranges), range => Assert.InRange(range.Count, 1, Chunk));
        }
    }

    [Fact]
    public void A_process_alone_exchanges_nothing()
        => Assert.Equal([0], ThreadRanks.Run(1, ranks => With<double, long>(_network, ranks, plan =>
        {
            Gradients(plan, ArraySamples.Random(_network, 40, 1));
            return ranks.Numbers;
        })));

    // Its own nodes and no more: of 64 shards the second of two ranks has the right half, one root.
    [Fact]
    public void A_rank_sends_the_roots_of_its_subtrees()
    {
        long[] sent = ThreadRanks.Run(2, ranks => With<double, long>(_network, ranks, plan =>
        {
            Gradients(plan, ArraySamples.Random(_network, 64 * Chunk, 1));
            return ranks.Numbers;
        }));
        int length = _network.ParameterCount + 1;
        Assert.Equal([length, length], sent);
    }

    private static IEnumerable<Action<ISamples>> Works(Plan<double> plan) =>
    [
        samples => Gradients(plan, samples),
        samples => Hessian.Multiply(plan, samples, Directions(plan.Network)),
        samples => Hessian.Block(plan, samples, [plan.Network.Parameters[0]], [plan.Network.Parameters[1]]),
        samples => Evaluation.Compute(plan, samples),
    ];

    private static IEnumerable<int> Owned(Plan<double> plan, int samples)
    {
        var shards = SampleShards.OfVectors(plan, samples);
        ShardRange own = shards.OfRank(plan.Device.Ranks);
        return Enumerable.Range(own.First, own.Count).SelectMany(shard => Enumerable.Range(shards[shard].First, shards[shard].Count));
    }

    private static double[] Gradients<T>(Plan<T> plan, ISamples samples)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var gradient = new double[plan.Network.ParameterCount];
        double loss = Gradient.Compute(plan, samples, gradient);
        return [.. gradient, loss];
    }

    private static Matrix Directions(Network network)
        => new(3, network.ParameterCount, ArraySamples.Normals(new Random(5), 3 * network.ParameterCount));

    private static void SameBits(Network network, Func<Plan<double>, ISamples, double[]> work) => SameBits<double>(network, work);

    private static void SameBits<T>(Network network, Func<Plan<T>, ISamples, double[]> work)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Dictionary<int, ArraySamples> samples = _counts.ToDictionary(count => count, count => ArraySamples.Random(network, count, 1));
        Dictionary<int, double[]> expected = samples.ToDictionary(
            pair => pair.Key, pair => With<T, double[]>(network, OneRank.Alone, plan => work(plan, pair.Value)));
        foreach ((int ranks, int[] counts) in _cases)
        {
            // One after the other on the same plan, as it would be in a program.
            double[][][] found = ThreadRanks.Run(
                ranks, rank => With<T, double[][]>(network, rank, plan => [.. counts.Select(count => work(plan, samples[count]))]));
            Assert.All(found, each => Assert.Equal(counts.Select(count => expected[count]), each));
        }
    }

    // On a device of its own; of two threads where it is alone or one of few.
    private static TResult With<T, TResult>(Network network, IRanks ranks, Func<Plan<T>, TResult> work)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var device = new HostDevice(ranks.Count > 2 ? 1 : 2) { Ranks = ranks };
        using var plan = new Plan<T>(network, device, new PlanBudget(Chunk, 0) { Lanes = 2 });
        plan.SetParameters(Array.ConvertAll(TestNetworks.Parameters(network, 2), T.CreateTruncating));
        return work(plan);
    }
}
