using BasinVolume.Autodiff.Operators;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Kernels.Host;

namespace BasinVolume.Autodiff.Tests;

public sealed class HessianTests : IDisposable
{
    private readonly HostDevice _device = new(2);

    public void Dispose() => _device.Dispose();

    [Fact]
    public void Softmax_regression_passes_the_gradient_check() => Check(Networks.SoftmaxRegression(4, 3));

    [Fact]
    public void An_mlp_passes_the_gradient_check() => Check(Networks.Mlp());

    [Fact]
    public void The_notebooks_layers_pass_the_gradient_check() => Check(Networks.SmallNotebook());

    [Fact]
    public void Convolutions_with_stride_padding_and_dilation_pass_the_gradient_check() => Check(Networks.DeepConvolution());

    [Fact]
    public void A_network_with_every_activation_passes_the_gradient_check() => Check(Networks.Activations());

    [Fact]
    public void A_network_with_branches_passes_the_gradient_check() => Check(Networks.Branches());

    [Fact]
    public void Regressions_pass_the_gradient_check()
    {
        Check(Networks.Regression(SquaredMean.OverElements));
        Check(Networks.Regression(SquaredMean.OverSamples));
    }

    [Fact]
    public void Softmax_regression_at_zero_weights_has_its_closed_form()
    {
        // L = ln 3 and H = (diag p − p pᵀ) ⊗ x xᵀ with p = 1/3 and x = (1, 2): K has 2/9 on the diagonal and −1/9 beside it.
        using var plan = new Plan<double>(Networks.SoftmaxRegression(2, 3), _device);
        plan.SetParameters(new double[9]);
        Hessian hessian = Hessian.Compute(plan, new ArraySamples([1, 2], [0], [1]));
        Assert.Equal(Math.Log(3), hessian.Loss, 1e-15);
        double[] expected = [2.0 / 9, 4.0 / 9, -1.0 / 9, -2.0 / 9, -1.0 / 9, -2.0 / 9];
        for (int j = 0; j < 6; j++)
            Assert.Equal(expected[j], hessian.Matrix[0, j], 1e-15);
        Assert.Equal(10.0 / 3, Enumerable.Range(0, 6).Sum(i => hessian.Matrix[i, i]), 1e-15);
    }

    [Fact]
    public void Large_logits_give_a_large_loss_and_no_curvature()
    {
        // Logits (−431, 279, 427) with label 0: the loss is 427 + 431, p = (0, e^−148, 1) up to rounding.
        using var plan = new Plan<double>(Networks.SoftmaxRegression(1, 3), _device);
        plan.SetParameters([-431, 279, 427, 0, 0, 0]);
        Hessian hessian = Hessian.Compute(plan, new ArraySamples([1], [0], [1]));
        Assert.Equal(858, hessian.Loss);
        Assert.Equal([-1, Math.Exp(-148), 1], hessian.Gradient[..3], (a, b) => Math.Abs(a - b) <= 1e-14 * Math.Abs(a));
        Assert.All(hessian.Matrix.Values, value => Assert.True(Math.Abs(value) < 1e-60));
    }

    [Fact]
    public void Ties_in_max_pool_keep_the_hessian_symmetric()
    {
        // Blank images: every window is a tie, and the winner must be the same in every pass.
        Network network = Networks.SmallNotebook();
        using var plan = new Plan<double>(network, _device);
        plan.SetParameters(ArraySamples.Normals(new Random(5), network.ParameterCount));
        Hessian hessian = Hessian.Compute(plan, new ArraySamples(new double[2 * network.Input.Size], [0, 2], [0.5, 0.5]));
        Assert.InRange(hessian.Asymmetry, 0, 1e-15);
    }

    [Fact]
    public void Bits_do_not_depend_on_the_number_of_threads()
    {
        Network network = Networks.DeepConvolution();
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

    [Fact]
    public void Chunks_change_the_result_by_rounding_only()
    {
        Network network = Networks.SmallNotebook();
        ArraySamples samples = ArraySamples.Random(network, 100, 11);
        double[] parameters = ArraySamples.Normals(new Random(12), network.ParameterCount);
        Hessian whole = InChunksOf(100);
        Hessian parts = InChunksOf(33);
        double bound = 1e-12 * whole.FrobeniusNorm;
        Assert.All(whole.Matrix.Values.Zip(parts.Matrix.Values), pair => Assert.Equal(pair.First, pair.Second, bound));

        Hessian InChunksOf(int count)
        {
            using var plan = new Plan<double>(network, _device, new PlanBudget(count, 1 << 16));
            plan.SetParameters(parameters);
            return Hessian.Compute(plan, samples);
        }
    }

    [Fact]
    public void A_label_outside_the_classes_is_refused()
    {
        using var plan = new Plan<double>(Networks.SoftmaxRegression(1, 3), _device);
        foreach (int label in (int[])[3, -1])
        {
            NetworkException error = Assert.Throws<NetworkException>(() => Hessian.Compute(plan, new ArraySamples([1], [label], [1])));
            Assert.Contains($"label {label}", error.Message, StringComparison.Ordinal);
            Assert.Contains("0 to 2", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void No_samples_are_refused()
    {
        using var plan = new Plan<double>(Networks.SoftmaxRegression(1, 3), _device);
        NetworkException error = Assert.Throws<NetworkException>(() => Hessian.Compute(plan, new ArraySamples([], Array.Empty<int>(), [])));
        Assert.Contains("no samples", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_that_are_not_numbers_are_refused()
    {
        using var plan = new Plan<double>(Networks.SmallNotebook(), _device);
        plan.SetParameters([.. Enumerable.Repeat(double.NaN, plan.Network.ParameterCount)]);
        NumericalException error = Assert.Throws<NumericalException>(() => Hessian.Compute(plan, ArraySamples.Random(plan.Network, 3, 1)));
        Assert.Contains("NaN", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Cancellation_stops_the_computation()
    {
        using var plan = new Plan<double>(Networks.Mlp(), _device);
        Assert.Throws<OperationCanceledException>(() => Hessian.Compute(plan, ArraySamples.Random(plan.Network, 3, 1), null, new CancellationToken(true)));
    }

    private void Check(Network network)
    {
        // Relative to the Hessian's norm: rounding of a few sums, and of the differences that it is compared with.
        GradientCheck.Passes<double>(network, _device, 1e-13);
        GradientCheck.Passes<float>(network, _device, 2e-5);
    }
}
