using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Autodiff.Sweeps;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Host;

namespace BasinVolume.Autodiff.Tests.Sweeps;

/// <summary>Each thread goes through shards of its own: against one thread, which goes through all of them.</summary>
public sealed class LaneSumsTests : IDisposable
{
    private const int Chunk = 4;

    private static readonly PlanBudget _budget = new(Chunk, 0) { Lanes = 64 };
    private static readonly Network _network = TestNetworks.SmallNotebook();

    private readonly HostDevice _one = new(1);
    private readonly Plan<double> _expected;

    public LaneSumsTests() => _expected = new(_network, _one, _budget);

    public void Dispose()
    {
        _expected.Dispose();
        _one.Dispose();
    }

    // 64 and 32 shards, and 8, which three threads and sixteen do not have one after the other.
    [Fact]
    public void Sums_have_the_same_bits_for_any_number_of_threads()
    {
        foreach (int threads in (int[])[1, 2, 3, 4, 16])
        {
            using var device = new HostDevice(threads);
            using var plan = new Plan<double>(_network, device, _budget);
            foreach (int samples in (int[])[(64 * Chunk) + 45, (64 * Chunk) - 1, 9 * Chunk])
            {
                // Lanes must follow the plan's parameters.
                for (int seed = 1; seed <= 2; seed++)
                {
                    double[] weights = TestNetworks.Parameters(_network, seed);
                    _expected.SetParameters(weights);
                    plan.SetParameters(weights);
                    var data = ArraySamples.Random(_network, samples, 1);
                    Assert.Equal(Sums(_expected, data), Sums(plan, data));
                }
            }
        }
    }

    [Fact]
    public void Threads_have_lanes_where_there_are_shards_for_each_and_memory()
    {
        using var device = new HostDevice(4);
        using var plan = new Plan<double>(_network, device, _budget);
        plan.SetParameters(TestNetworks.Parameters(_network, 1));
        Assert.All([4, 8, 16, 17, 64], shards => Assert.Equal(4, plan.LanesFor(shards).Count));
        Assert.Same(plan, plan.LanesFor(16)[0]);
        Assert.All([0, 1, 2, 6, 15], shards => Assert.Equal([plan], plan.LanesFor(shards)));
        using var tight = new Plan<double>(_network, device, _budget with { Lanes = 3 });
        Assert.Equal([tight], tight.LanesFor(64));
        Assert.Equal([_expected], _expected.LanesFor(64));
    }

    [Fact]
    public void A_budget_tells_how_many_fit()
    {
        PlanBudget usual = PlanBudget.For<double>(_network, _one.Description, 1L << 40);
        Assert.Equal(64, usual.Lanes);
        Assert.Equal(1, PlanBudget.For<double>(_network, _one.Description, 1 << 20).Lanes);
    }

    // Whichever thread meets it, and the plan goes on afterwards.
    [Fact]
    public void An_error_in_a_shard_comes_out()
    {
        using var device = new HostDevice(3);
        using var plan = new Plan<double>(_network, device, _budget);
        double[] weights = TestNetworks.Parameters(_network, 1);
        plan.SetParameters(weights);
        _expected.SetParameters(weights);
        var samples = ArraySamples.Random(_network, 300, 1);
        for (int wrong = 0; wrong < 300; wrong += 37)
        {
            int bad = wrong;
            var unreadable = new Unreadable(samples, bad);
            Assert.Equal(
                $"Sample {bad} cannot be read.",
                Assert.Throws<FormatException>(() => Gradient.Compute(plan, unreadable, new double[_network.ParameterCount])).Message);
            Assert.Equal(Sums(_expected, samples), Sums(plan, samples));
        }
    }

    private static double[] Sums(Plan<double> plan, ISamples samples)
    {
        int n = plan.Network.ParameterCount;
        double[] gradient = new double[n];
        double loss = Gradient.Compute(plan, samples, gradient);
        var directions = new Matrix(3, n, ArraySamples.Normals(new Random(5), 3 * n));
        var evaluation = Evaluation.Compute(plan, samples);
        var terms = TermSweep.Run(plan, samples, directions);
        Parameter first = plan.Network.Parameters[0], last = plan.Network.Parameters[^1];
        return
        [
            loss,
            .. gradient,
            .. Hessian.Multiply(plan, samples, directions).Values,
            .. GaussNewton.Multiply(plan, samples, directions).Values,
            .. Hessian.Block(plan, samples, [first, last], [first, last]).Values,
            .. Hessian.Block(plan, samples, [last], [first]).Values,
            evaluation.Loss,
            evaluation.Correct,
            terms.Curvature,
            terms.RecomputedGradient,
        ];
    }

    private sealed class Unreadable(ISamples samples, int wrong) : ISamples
    {
        public int Count => samples.Count;

        public int LabelsPerSample => samples.LabelsPerSample;

        public void Read<T>(int first, Span<T> inputs, Span<int> labels, Span<T> targets, Span<T> weights)
            where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
        {
            if (wrong >= first && wrong < first + weights.Length)
                throw new FormatException($"Sample {wrong} cannot be read.");
            samples.Read(first, inputs, labels, targets, weights);
        }
    }
}
