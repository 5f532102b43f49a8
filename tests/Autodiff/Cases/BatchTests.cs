using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Kernels.Host;
using BasinVolume.Kernels.Tests.Devices;

namespace BasinVolume.Autodiff.Tests.Cases;

/// <summary>How the samples are cut into chunks must not show in the result.</summary>
public sealed class BatchTests
{
    // A mean of batch means weighs the samples of a short last batch more: 11.5 here; a sum over batches gives 23.
    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void A_ragged_last_batch_weighs_no_more_than_the_others(string device)
    {
        // L = (1/3) Σ (w x)² for x = 1, 2, 3: H = (2/3)(1 + 4 + 9) = 28/3, at w = 1 equal to g.
        Network network = new NetworkBuilder(new Shape(1)).Linear("w", 1, bias: false).MeanSquaredLoss().Build();
        var samples = new ArraySamples([1, 2, 3], [0.0, 0, 0], [1.0 / 3, 1.0 / 3, 1.0 / 3]);
        foreach (int chunk in (int[])[1, 2, 3])
        {
            Hessian hessian = On.Hessian<double>(device, network, [1], samples, new PlanBudget(chunk, 0));
            Assert.Equal(28.0 / 3, hessian.Matrix[0, 0], 1e-14);
            Assert.Equal(28.0 / 3, hessian.Gradient[0], 1e-14);
            Assert.Equal(14.0 / 3, hessian.Loss, 1e-14);
        }
    }

    // curvlinops#159: batches of 64 and of 100.
    [Fact]
    public void Chunks_change_the_result_by_rounding_only()
    {
        Network network = TestNetworks.SmallNotebook();
        ArraySamples samples = ArraySamples.Random(network, 200, 11);
        double[] parameters = ArraySamples.Normals(new Random(12), network.ParameterCount);
        Hessian[] all =
            [.. new[] { 200, 100, 64, 1 }.Select(chunk => On.Hessian<double>(TestDevices.Cpu, network, parameters, samples, new PlanBudget(chunk, 1 << 16)))];
        double bound = 1e-12 * all[0].FrobeniusNorm;
        foreach (Hessian other in all[1..])
            Assert.All(all[0].Matrix.Values.Zip(other.Matrix.Values), pair => Assert.Equal(pair.First, pair.Second, bound));
    }

    // cunn#84: the same bits each time.
    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void The_same_run_gives_the_same_bits(string device)
    {
        Network network = TestNetworks.SmallNotebook();
        ArraySamples samples = ArraySamples.Random(network, 3, 1);
        double[] parameters = TestNetworks.Parameters(network, 2);
        var budget = new PlanBudget(2, 1 << 16);
        Hessian first = On.Hessian<float>(device, network, parameters, samples, budget), second = On.Hessian<float>(
            device, network, parameters, samples, budget);
        Assert.Equal(first.Matrix.Values, second.Matrix.Values);
        Assert.Equal(first.Gradient, second.Gradient);
        Assert.Equal(first.Loss, second.Loss);
    }

    [Fact]
    public void Bits_do_not_depend_on_the_number_of_threads()
    {
        Network network = TestNetworks.DeepConvolution();
        ArraySamples samples = ArraySamples.Random(network, 300, 9);
        double[] parameters = ArraySamples.Normals(new Random(10), network.ParameterCount);
        double[] alone = WithThreads(1);
        Assert.Equal(alone, WithThreads(2));
        Assert.Equal(alone, WithThreads(5));

        double[] WithThreads(int threads)
        {
            using var device = new HostDevice(threads);
            using var plan = new Plan<double>(network, device);
            plan.SetParameters(parameters);
            Hessian hessian = Hessian.Compute(plan, samples);
            return [.. hessian.Matrix.Values, .. hessian.Gradient, hessian.Loss];
        }
    }
}
