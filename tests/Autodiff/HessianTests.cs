using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Operators;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Host;
using CsCheck;

namespace BasinVolume.Autodiff.Tests;

public sealed class HessianTests : IDisposable
{
    private readonly HostDevice _device = new(2);

    public void Dispose() => _device.Dispose();

    [Fact]
    public void Softmax_regression_passes_the_gradient_check() => Check(TestNetworks.SoftmaxRegression(4, 3));

    [Fact]
    public void An_mlp_passes_the_gradient_check() => Check(TestNetworks.Mlp());

    [Fact]
    public void The_notebooks_layers_pass_the_gradient_check() => Check(TestNetworks.SmallNotebook());

    [Fact]
    public void Convolutions_with_stride_padding_and_dilation_pass_the_gradient_check() => Check(TestNetworks.DeepConvolution());

    [Fact]
    public void A_network_with_every_activation_passes_the_gradient_check() => Check(TestNetworks.Activations());

    [Fact]
    public void A_network_with_branches_passes_the_gradient_check() => Check(TestNetworks.Branches());

    [Fact]
    public void Operators_that_act_in_place_pass_the_gradient_check() => Check(TestNetworks.InPlace());

    [Fact]
    public void A_residual_network_with_gelu_passes_the_gradient_check() => Check(TestNetworks.Residual());

    [Fact]
    public void Linear_layers_on_rows_pass_the_gradient_check() => Check(TestNetworks.Rows());

    [Fact]
    public void Kernels_and_windows_with_uneven_sides_pass_the_gradient_check() => Check(TestNetworks.Sides());

    [Fact]
    public void A_normalised_network_with_binary_cross_entropy_passes_the_gradient_check() => Check(TestNetworks.Normalised());

    [Fact]
    public void Products_of_values_pass_the_gradient_check() => Check(TestNetworks.Products());

    [Fact]
    public void A_transformer_passes_the_gradient_check() => Check(TestNetworks.Transformer(vocabulary: 5, length: 3, width: 4, heads: 2, layers: 2));

    [Fact]
    public void Tied_weights_pass_the_gradient_check()
    {
        Check(TestNetworks.Ties());
        Check(TestNetworks.Transformer(vocabulary: 3, length: 3, width: 4, heads: 2, layers: 1, tied: true));
    }

    [Fact]
    public void Random_graphs_pass_the_gradient_check()
        => Gen.Int[0, 1_000_000].Sample(seed => GradientCheck.Passes<double>(TestNetworks.Random(seed), _device, 1e-12), iter: 15, threads: 1);

    [Fact]
    public void Regressions_pass_the_gradient_check()
    {
        Check(TestNetworks.Regression(SquaredMean.OverElements));
        Check(TestNetworks.Regression(SquaredMean.OverSamples));
    }

    [Fact]
    public void Weights_that_are_not_numbers_are_refused()
    {
        using var plan = new Plan<double>(TestNetworks.SmallNotebook(), _device);
        plan.SetParameters([.. Enumerable.Repeat(double.NaN, plan.Network.ParameterCount)]);
        NumericalException error = Assert.Throws<NumericalException>(() => Hessian.Compute(plan, ArraySamples.Random(plan.Network, 3, 1)));
        Assert.Contains("NaN", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Cancellation_stops_the_computation()
    {
        using var plan = new Plan<double>(TestNetworks.Mlp(), _device);
        plan.SetParameters(TestNetworks.Parameters(plan.Network, 1));
        Assert.Throws<OperationCanceledException>(
            () => Hessian.Compute(plan, ArraySamples.Random(plan.Network, 3, 1), cancellation: new CancellationToken(true)));
    }

    // More parameters than one thread converts; more chunks and blocks of directions than one. 10 samples are two shards of chunks of 4, so two sums are held;
    // the second one is kept for the next products.
    [Fact]
    public void Products_of_a_wide_layer_are_columns_of_the_matrix_and_allocate_nothing_else()
    {
        Network network = new NetworkBuilder(new Shape(300)).Linear("a", 60).Tanh().Linear("b", 3).SoftmaxLoss().Build();
        int n = network.ParameterCount;
        using var plan = new Plan<double>(network, _device, new PlanBudget(4, 0));
        plan.SetParameters(TestNetworks.Parameters(network, 1));
        ArraySamples samples = ArraySamples.Random(network, 10, 1);
        int[] columns = [0, 17_999, n - 1];
        var directions = new Matrix(columns.Length, n);
        for (int v = 0; v < columns.Length; v++)
            directions[v, columns[v]] = 1;
        Matrix products = Hessian.Multiply(plan, samples, directions), block = Hessian.Block(plan, samples, network.Parameters, [network.Parameters[^1]]);
        for (int v = 0; v < columns.Length; v++)
        {
            for (int j = 0; j < block.Columns; j++)
                Assert.Equal(block[columns[v], j], products[v, n - block.Columns + j], 1e-15);
        }

        using var one = new HostDevice(1);
        using var other = new Plan<double>(network, one, new PlanBudget(4, 0));
        other.SetParameters(TestNetworks.Parameters(network, 1));
        Assert.Equal(Hessian.Multiply(other, samples, directions).Values, products.Values);
        long sum = 8L * n * columns.Length;
        Assert.InRange(Allocation.Of(() => Hessian.Multiply(plan, samples, directions)), sum, sum + 2048);
        Assert.InRange(Allocation.Of(() => GaussNewton.Multiply(plan, samples, directions)), sum, sum + 2048);
        var into = new Matrix(columns.Length, n);
        into.Values.AsSpan().Fill(double.NaN);
        Assert.InRange(Allocation.Of(() => Hessian.Multiply(plan, samples, directions, into)), 0, 2048);
        Assert.Equal(products.Values, into.Values);
        Assert.Same(into, GaussNewton.Multiply(plan, samples, directions, into));
        Assert.Equal(GaussNewton.Multiply(plan, samples, directions).Values, into.Values);
        NetworkException error = Assert.Throws<NetworkException>(() => Hessian.Multiply(plan, samples, directions, new Matrix(2, n)));
        Assert.Equal($"The products of 3 directions take a matrix of 3 x {n}; the one to compute in has 2 x {n}.", error.Message);
    }

    [Fact]
    public void A_matrix_to_compute_in_becomes_the_results()
    {
        using var plan = new Plan<double>(TestNetworks.SmallNotebook(), _device);
        ArraySamples samples = ArraySamples.Random(plan.Network, 5, 1);
        int n = plan.Network.ParameterCount;
        var into = new Matrix(n, n);
        plan.SetParameters(TestNetworks.Parameters(plan.Network, 1));
        Assert.Same(into, Hessian.Compute(plan, samples, into: into).Matrix);
        Assert.Same(into, GaussNewton.Compute(plan, samples, into: into).Matrix);
        Assert.Equal(GaussNewton.Compute(plan, samples).Matrix.Values, into.Values);
    }

    [Fact]
    public void A_matrix_to_compute_in_of_another_size_is_refused()
    {
        using var plan = new Plan<double>(TestNetworks.Mlp(), _device);
        NetworkException error = Assert.Throws<NetworkException>(() => Hessian.Compute(plan, ArraySamples.Random(plan.Network, 3, 1), into: new Matrix(3, 4)));
        Assert.Contains("3 x 4", error.Message, StringComparison.Ordinal);
        Assert.Contains($"{plan.Network.ParameterCount} x {plan.Network.ParameterCount}", error.Message, StringComparison.Ordinal);
    }

    private void Check(Network network)
    {
        // Relative to the Hessian's norm: rounding of a few sums, and of the differences that it is compared with.
        GradientCheck.Passes<double>(network, _device, 1e-13);
        GradientCheck.Passes<float>(network, _device, 2e-5);
    }
}
