using System.Numerics;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Gpu.Devices;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Host;
using BasinVolume.Kernels.Tests.Devices;

namespace BasinVolume.Autodiff.Tests.Plans;

/// <summary>
/// One device, several threads: plans of their own work side by side, one plan for two is refused, and what ends early on one thread leaves the others right.
/// </summary>
public sealed class SharedDeviceTests
{
    private static readonly PlanBudget Budget = new(16, 1 << 14);

    public static TheoryData<string> Devices => TestDevices.Names;

    // The bits that each plan gives alone; on GPUs and their simulator a gradient and few rounds, for a launch there takes a hundred times as long.
    [Theory]
    [MemberData(nameof(Devices))]
    public void Plans_on_several_threads_give_what_each_gives_alone(string device)
    {
        Device opened = TestDevices.Get(device);
        bool fast = device == TestDevices.Cpu;
        int rounds = fast ? 40 : 2;
        Side<double> convolution = new(TestNetworks.DeepConvolution(), opened, 1, !fast), perceptron = new(TestNetworks.Activations(), opened, 2, !fast);
        var single = new Side<float>(TestNetworks.SmallNotebook(), opened, 3, !fast);
        Together(() => convolution.Repeat(rounds), () => perceptron.Repeat(rounds), () => single.Repeat(rounds));
        TestDevices.Failures.AssertNone();
    }

    [Fact]
    public void Large_products_share_the_team_of_threads_and_nothing_else()
    {
        using var device = new HostDevice(3);
        Network wide = new NetworkBuilder(new Shape(200)).Linear("a", 40).Tanh().Linear("b", 30).Tanh().Linear("c", 10).SoftmaxLoss().Build();
        Side<double> one = new(wide, device, 1, gradients: true), two = new(wide, device, 2, gradients: true);
        Together(() => one.Repeat(100), () => two.Repeat(100));
    }

    [Fact]
    public void One_plan_for_two_callers_is_refused_and_the_first_one_is_right()
    {
        using var device = new HostDevice(2);
        using var plan = new Plan<double>(TestNetworks.Mlp(), device, Budget);
        ArraySamples samples = ArraySamples.Random(plan.Network, 40, 1);
        double[] parameters = TestNetworks.Parameters(plan.Network, 1), expected = new double[parameters.Length], gradient = new double[parameters.Length];
        plan.SetParameters(parameters);
        Gradient.Compute(plan, samples, expected);

        Exception? refusal = null, resetting = null;
        var interrupted = new WatchedSamples(samples, () => OnAnotherThread(() =>
        {
            refusal ??= Record.Exception(() => Gradient.Compute(plan, samples, new double[parameters.Length]));
            resetting ??= Record.Exception(() => plan.SetParameters(parameters));
        }));
        Gradient.Compute(plan, interrupted, gradient);
        Assert.Equal(expected, gradient);
        Assert.Contains("take a second plan", Assert.IsType<InvalidOperationException>(refusal).Message, StringComparison.Ordinal);
        Assert.IsType<InvalidOperationException>(resetting);
    }

    [Fact]
    public void A_plan_disposed_at_work_ends_with_its_work()
    {
        using var device = new HostDevice(2);
        var plan = new Plan<double>(TestNetworks.Mlp(), device, Budget);
        ArraySamples samples = ArraySamples.Random(plan.Network, 40, 1);
        plan.SetParameters(TestNetworks.Parameters(plan.Network, 1));
        double[] expected = new double[plan.Network.ParameterCount], gradient = new double[expected.Length];
        Gradient.Compute(plan, samples, expected);
        Gradient.Compute(plan, new WatchedSamples(samples, () => OnAnotherThread(plan.Dispose)), gradient);
        Assert.Equal(expected, gradient);
        Assert.Contains(
            "compile the network anew",
            Assert.Throws<ObjectDisposedException>(() => Gradient.Compute(plan, samples, gradient)).Message,
            StringComparison.Ordinal);
        Assert.Throws<ObjectDisposedException>(() => plan.SetParameters(new double[expected.Length]));
        plan.Dispose();
    }

    [Fact]
    public void A_plan_without_parameters_computes_nothing()
    {
        using var device = new HostDevice(1);
        using var plan = new Plan<double>(TestNetworks.Mlp(), device, Budget);
        ArraySamples samples = ArraySamples.Random(plan.Network, 3, 1);
        int n = plan.Network.ParameterCount;
        Assert.All(
            new Action[]
            {
                () => Gradient.Compute(plan, samples, new double[n]),
                () => Hessian.Compute(plan, samples),
                () => GaussNewton.Multiply(plan, samples, new Matrix(1, n)),
                () => Evaluation.Compute(plan, samples),
            },
            use => Assert.Contains("SetParameters", Assert.Throws<InvalidOperationException>(use).Message, StringComparison.Ordinal));
        // Losses at weight vectors bring their own.
        double[] losses = new double[1];
        Evaluation.Losses(plan, samples, TestNetworks.Parameters(plan.Network, 1), losses);
        Assert.True(losses[0] > 0);
    }

    // Devices of its own, for they are closed.
    [Theory]
    [InlineData(TestDevices.Cpu)]
    [InlineData(TestDevices.Simulator)]
    public void Whatever_is_used_after_its_disposal_says_so(string name)
    {
        Device device = DeviceCatalog.Open(name, threads: 2);
        DeviceBuffer<float> freed = device.Allocate<float>(4), buffer = device.Allocate<float>(4);
        IKernels<float> kernels = device.Kernels<float>();
        var plan = new Plan<double>(TestNetworks.Mlp(), device, Budget);
        plan.SetParameters(TestNetworks.Parameters(plan.Network, 1));
        ArraySamples samples = ArraySamples.Random(plan.Network, 3, 1);

        View<float> view = freed.View;
        freed.Dispose();
        freed.Dispose();
        Closed("This buffer was freed", () => view.Read(new float[1]), () => view.Write([1f]), () => _ = view.Elements(), () => kernels.Fill(1, 1f, view));

        device.Dispose();
        device.Dispose();
        Closed(
            "open",
            () => device.Allocate<float>(1),
            () => device.Kernels<float>(),
            () => kernels.Fill(4, 1f, buffer.View),
            () => Gradient.Compute(plan, samples, new double[plan.Network.ParameterCount]),
            () => _ = new Plan<double>(plan.Network, device, Budget));
        plan.Dispose();
        buffer.Dispose();
    }

    [Fact]
    public void What_ends_early_on_one_thread_leaves_the_other_right_and_its_own_plan_usable()
    {
        using var device = new HostDevice(3);
        var steady = new Side<double>(TestNetworks.DeepConvolution(), device, 1, gradients: false);
        using var plan = new Plan<double>(TestNetworks.Branches(), device, Budget);
        ArraySamples samples = ArraySamples.Random(plan.Network, 40, 1);
        plan.SetParameters(TestNetworks.Parameters(plan.Network, 1));
        double[] expected = Hessian.Compute(plan, samples).Matrix.Values;
        Together(
            () => steady.Repeat(20),
            () =>
            {
                for (int round = 0; round < 20; round++)
                {
                    var unreadable = new WatchedSamples(samples, () => throw new FormatException("unreadable"));
                    Assert.Equal(
                        "unreadable",
                        Assert.Throws<FormatException>(() => Gradient.Compute(plan, unreadable, new double[plan.Network.ParameterCount])).Message);
                    using var source = new CancellationTokenSource();
                    Assert.Throws<OperationCanceledException>(
                        () => Hessian.Compute(plan, new WatchedSamples(samples, source.Cancel), cancellation: source.Token));
                    Assert.Equal(expected, Hessian.Compute(plan, samples).Matrix.Values);
                }
            });
    }

    private static void Closed(string because, params Action[] uses)
        => Assert.All(uses, use => Assert.Contains(because, Assert.Throws<ObjectDisposedException>(use).Message, StringComparison.Ordinal));

    private static void OnAnotherThread(Action action)
    {
        var thread = new Thread(() => action());
        thread.Start();
        thread.Join();
    }

    // All begin at once; the first failure is the test's.
    private static void Together(params Action[] actions)
    {
        using var begin = new Barrier(actions.Length);
        var failures = new Exception?[actions.Length];
        Thread[] threads = [.. actions.Select((action, i) => new Thread(() =>
        {
            begin.SignalAndWait();
            failures[i] = Record.Exception(action);
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        Assert.All(failures, Assert.Null);
    }

    /// <summary>One thread's network, and the bits that are its Hessian's, or its gradient's, on the device alone.</summary>
    private sealed class Side<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly Network _network;
        private readonly Device _device;
        private readonly ArraySamples _samples;
        private readonly int _seed;
        private readonly bool _gradients;
        private readonly double[] _expected;

        public Side(Network network, Device device, int seed, bool gradients)
        {
            (_network, _device, _seed, _gradients, _samples) = (network, device, seed, gradients, ArraySamples.Random(network, gradients ? 12 : 40, seed));
            _expected = Compute();
        }

        public void Repeat(int rounds)
        {
            for (int round = 0; round < rounds; round++)
                Assert.Equal(_expected, Compute());
        }

        private double[] Compute()
        {
            using var plan = new Plan<T>(_network, _device, Budget);
            plan.SetParameters(Array.ConvertAll(TestNetworks.Parameters(_network, _seed), T.CreateTruncating));
            if (!_gradients)
                return Hessian.Compute(plan, _samples).Matrix.Values;
            var gradient = new double[_network.ParameterCount];
            Gradient.Compute(plan, _samples, gradient);
            return gradient;
        }
    }

    /// <summary>Samples that do something when the first of them are read.</summary>
    private sealed class WatchedSamples(ISamples samples, Action watch) : ISamples
    {
        private int _reads;

        public int Count => samples.Count;

        public void Read<T>(int first, Span<T> inputs, Span<int> labels, Span<T> targets, Span<T> weights)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            if (Interlocked.Increment(ref _reads) == 1)
                watch();
            samples.Read(first, inputs, labels, targets, weights);
        }
    }
}
