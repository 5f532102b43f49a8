using System.Numerics;
using BasinVolume.Autodiff.Training;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Autodiff.Tests.Training;

/// <summary>
/// Four steps of each optimizer are PyTorch's (1.13):
/// <code>
/// import torch
///
/// for make in (
///     lambda p: torch.optim.SGD(p, lr=0.1),
///     lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9, weight_decay=0.01),
///     lambda p: torch.optim.Adam(p, lr=0.1),
///     lambda p: torch.optim.Adam(p, lr=0.01, betas=(0.8, 0.95), eps=1e-6, weight_decay=0.02),
/// ):
///     w = torch.tensor([0.5, -1.25, 2.0], dtype=torch.float64)
///     optimizer = make([w])
///     for step in range(4):
///         w.grad = torch.tensor([0.3 * (step + 1), -0.7 / (step + 1), 0.05 * (step - 1)], dtype=torch.float64)
///         optimizer.step()
///         print([float(value) for value in w])
/// </code>
/// </summary>
public sealed class OptimizersTests : IDisposable
{
    private readonly HostThreads _threads = new(2);

    public void Dispose() => _threads.Dispose();

    [Fact]
    public void Plain_gradient_descent_is_PyTorchs() => AssertSteps(
        new Sgd<double>(_threads, 3, learningRate: 0.1),
        [0.47, -1.18, 2.005, 0.41, -1.145, 2.005, 0.32, -1.1216666666666666, 2.0, 0.2, -1.1041666666666665, 1.99]);

    [Fact]
    public void Momentum_with_a_penalty_is_PyTorchs() => AssertSteps(
        new Sgd<double>(_threads, 3, learningRate: 0.1, momentum: 0.9, weightDecay: 0.01),
        [
            0.4695, -1.17875, 2.003, 0.3815805, -1.07844625, 2.0036970000000003, 0.21207136949999997, -0.9637610954166668, 1.9973206030000004,
            -0.060698919319500055, -0.8420806951962501, 1.9795845250970003,
        ]);

    [Fact]
    public void Adam_is_PyTorchs() => AssertSteps(
        new Adam<double>(_threads, 3, learningRate: 0.1),
        [
            0.4000000033333332, -1.1500000014285714, 2.099999980000004, 0.3034818027856334, -1.0567820392321474, 2.1670057864568117,
            0.207681681853612, -0.9694661882506382, 2.158419017115364, 0.11164065609821287, -0.8873423044944411, 2.106896045442321,
        ]);

    [Fact]
    public void Adam_with_a_penalty_and_other_constants_is_PyTorchs() => AssertSteps(
        new Adam<double>(_threads, 3, learningRate: 0.01, beta1: 0.8, beta2: 0.95, epsilon: 1e-6, weightDecay: 0.02),
        [
            0.49000003225796046, -1.2400000137930844, 2.00999900009999, 0.48022161355283005, -1.230739651930878, 2.003960127544207,
            0.47040954544232755, -1.2221270292757744, 1.9958356174970961, 0.46047624371333357, -1.214083638986515, 1.9868978796254078,
        ]);

    // The same with dtype=torch.float32, after the fourth step; PyTorch fuses products and sums, so that the last digits differ.
    [Fact]
    public void In_float_they_are_PyTorchs_as_well()
    {
        AssertLast(new Sgd<float>(_threads, 3, 0.1, momentum: 0.9, weightDecay: 0.01), [-0.060698915272951126, -0.8420807123184204, 1.9795844554901123]);
        AssertLast(new Adam<float>(_threads, 3, 0.1, weightDecay: 0.02), [0.11105402559041977, -0.8849325180053711, 1.8827290534973145]);
    }

    // All threads and whole vectors against one number by itself.
    [Fact]
    public void An_element_does_not_depend_on_those_beside_it()
    {
        const int Many = 40_003;
        IOptimizer<double>[] all = [new Adam<double>(_threads, Many, weightDecay: 0.1), new Sgd<double>(_threads, Many, 0.3, 0.8, 0.1)];
        IOptimizer<double>[] single = [new Adam<double>(_threads, 1, weightDecay: 0.1), new Sgd<double>(_threads, 1, 0.3, 0.8, 0.1)];
        for (int optimizer = 0; optimizer < all.Length; optimizer++)
        {
            double[] weights = [.. Enumerable.Range(0, Many).Select(i => Math.Sin(i))], one = [weights[^1]];
            for (int step = 0; step < 3; step++)
            {
                double[] gradient = [.. weights.Select((weight, i) => Math.Cos(i + step) * weight)];
                all[optimizer].Step(weights, gradient);
                single[optimizer].Step(one, [gradient[^1]]);
                Assert.Equal(weights[^1], one[0]);
            }
        }
    }

    [Fact]
    public void Another_number_of_parameters_is_refused()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => new Adam<double>(_threads, 2).Step(new double[2], new double[3]));
        Assert.Contains("steps 2 parameters; 2 with a gradient of 3 elements", error.Message, StringComparison.Ordinal);
    }

    private static void AssertSteps(IOptimizer<double> optimizer, double[] expected)
    {
        double[] found = [.. Steps(optimizer)];
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 4e-16));
    }

    private static void AssertLast(IOptimizer<float> optimizer, double[] expected)
    {
        double[] found = [.. Steps(optimizer).TakeLast(3)];
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 2e-7));
    }

    private static List<double> Steps<T>(IOptimizer<T> optimizer)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] weights = [T.CreateTruncating(0.5), T.CreateTruncating(-1.25), T.CreateTruncating(2.0)];
        List<double> found = [];
        for (int step = 0; step < 4; step++)
        {
            optimizer.Step(weights, [0.3 * (step + 1), -0.7 / (step + 1), 0.05 * (step - 1)]);
            found.AddRange(weights.Select(double.CreateTruncating));
        }

        return found;
    }
}
