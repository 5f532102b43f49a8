using System.Collections.Immutable;
using BasinVolume.Autodiff.Identities;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Operators;
using BasinVolume.Autodiff.Sweeps;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Host;

namespace BasinVolume.Autodiff.Tests.Identities;

/// <summary>Every identity notices derivatives that are wrong.</summary>
public sealed class BrokenIdentitiesTests : IDisposable
{
    private readonly HostDevice _device = new(1);

    public void Dispose() => _device.Dispose();

    [Fact]
    public void One_wrong_element_of_the_hessian()
    {
        // Between two biases of the last layer, on both sides of the diagonal. What float cannot tell from its own rounding is a few millionths of the norm.
        using var doubles = new Point<double>(TestNetworks.SmallNotebook(), _device);
        using var singles = new Point<float>(TestNetworks.SmallNotebook(), _device);
        string[] broken = ["softmax-shift-hessian", "last-layer-hessian", "last-layer-biases"];
        AssertBroken(Point<double>.Check(doubles.ByMatrix(hessian => WithWrongElement(hessian, 1e-12))), broken);
        AssertBroken(Point<float>.Check(singles.ByMatrix(hessian => WithWrongElement(hessian, 1e-3))), broken);
    }

    [Fact]
    public void A_scaled_diagonal_element()
    {
        using var point = new Point<double>(TestNetworks.SmallNotebook(), _device);
        int place = point.Network.Parameters.Single(parameter => parameter.Name == "fc2.weight").Offset;
        AssertBroken(
            Point<double>.Check(point.ByMatrix(hessian => With(hessian, (matrix, _) => matrix[place, place] *= 1 + 1e-8))),
            "last-layer-trace", "gauss-newton-blocks");
    }

    [Fact]
    public void The_first_layers_block_with_the_wrong_sign()
    {
        using var point = new Point<double>(TestNetworks.SmallNotebook(), _device);
        int convolution = point.Network.Parameters.Where(parameter => parameter.Node == 0).Sum(parameter => parameter.Size);
        Hessian Flip(Hessian hessian) => With(hessian, (matrix, _) =>
        {
            for (int i = 0; i < convolution; i++)
            {
                for (int j = 0; j < convolution; j++)
                    matrix[i, j] *= -1;
            }
        });
        AssertBroken(
            Point<double>.Check(point.ByMatrix(Flip)),
            "rescaling-hessian", "rescaling-curvature", "gauss-newton-blocks", "central-difference", "sample-order-hessian");
    }

    [Fact]
    public void A_measured_asymmetry()
    {
        using var point = new Point<double>(TestNetworks.SmallNotebook(), _device);
        AssertBroken(Point<double>.Check(point.ByMatrix(hessian => hessian with { Asymmetry = 1e-9 })), "symmetry");
    }

    [Fact]
    public void Products_that_are_not_symmetric()
    {
        using var point = new Point<double>(TestNetworks.SmallNotebook(), _device);
        Derivatives at = point.ByProducts();
        AssertBroken(Point<double>.Check(at with { Passes = new OneSided(at.Passes, 1e-12 * at.CurvatureScale) }), "symmetry");
    }

    [Theory]
    // Of a weight of the convolution, and of a bias of the last layer.
    [InlineData(0, "rescaling-gradient", "rescaling-hessian", "sample-order-gradient")]
    [InlineData(-1, "softmax-shift-gradient", "last-layer-gradient", "sample-order-gradient")]
    public void One_wrong_element_of_the_gradient(int element, params string[] broken)
    {
        using var point = new Point<double>(TestNetworks.SmallNotebook(), _device);
        AssertBroken(Point<double>.Check(point.ByMatrix(hessian =>
        {
            double[] gradient = [.. hessian.Gradient];
            gradient[element < 0 ? ^1 : element] += 1e-10 * hessian.GradientNorm;
            return hessian with { Gradient = gradient };
        })), broken);
    }

    [Fact]
    public void A_dead_feature_that_is_not_quite_dead()
    {
        Network network = TestNetworks.Mlp();
        using var point = new Point<double>(network, _device, parameters: new double[network.ParameterCount]);
        int place = network.Parameters.Single(parameter => parameter.Name == "c.weight").Offset;
        AssertBroken(Point<double>.Check(point.ByMatrix(hessian => With(hessian, (matrix, _) => matrix[place, place] = 1e-300))), "dead-features");
    }

    [Theory]
    [InlineData(Fault.TangentSign, "symmetry", "central-difference")]
    [InlineData(Fault.OtherWinners, "symmetry", "central-difference", "rescaling-hessian")]
    [InlineData(Fault.TangentAdjointScale, "symmetry", "central-difference", "rescaling-hessian")]
    [InlineData(Fault.AdjointScale, "central-difference", "rescaling-gradient")]
    public void A_max_pool_with_a_fault(Fault fault, params string[] broken)
    {
        using var doubles = new Point<double>(FaultyNotebook(fault), _device);
        using var singles = new Point<float>(FaultyNotebook(fault), _device);
        AssertBroken(Point<double>.Check(doubles.ByProducts()), broken);
        AssertBroken(Point<float>.Check(singles.ByProducts()), broken);
    }

    // Both H and G have the fault, so that only the gradients tell.
    [Fact]
    public void A_linear_layer_before_the_squared_loss_with_a_fault()
    {
        Network sound = new NetworkBuilder(new Shape(1, 8, 8)).AveragePool(2).Flatten().Linear("hidden", 3).Tanh().Linear("out", 4).MeanSquaredLoss().Build();
        Network faulty = new(
            sound.Input,
            [.. sound.Nodes.Select(node => node.Operator is Linear { Name: "out" }
                ? node with { Operator = new FaultyOperator(node.Operator, Fault.TangentAdjointScale) }
                : node)]);
        using var point = new Point<double>(faulty, _device);
        AssertBroken(Point<double>.Check(point.ByMatrix()), "central-difference");
        AssertBroken(Point<double>.Check(point.ByProducts()), "central-difference");
    }

    /// <summary>Every fault in every operator of every smooth network, with biases as they are drawn and where training starts.</summary>
    public static MatrixTheoryData<string, Fault, bool> SmoothFaults
        => new(["alternating", "sigmoids", "squares", "residual"], [Fault.AdjointScale, Fault.TangentScale, Fault.TangentAdjointScale], [false, true]);

    [Theory]
    [MemberData(nameof(SmoothFaults))]
    public void A_hundredth_too_much_in_any_layer_of_a_deep_smooth_network(string name, Fault fault, bool biasesAre0)
    {
        Network network = Smooth(name);
        double[] parameters = biasesAre0 ? WithoutBiases(network) : TestNetworks.Parameters(network, 2);
        for (int i = 0; i < network.Nodes.Length - 1; i++)
        {
            using var point = new Point<double>(WithFault(network, i, fault), _device, parameters: parameters);
            AssertFarOff(point, network.Nodes[i].Operator.Description);
        }
    }

    // The bias's own tangent is all that is wrong, which is 0 unless it is moved.
    [Fact]
    public void A_fault_that_only_biases_which_are_0_feel()
    {
        Network network = new NetworkBuilder(new Shape(3)).Bias("shift").Tanh().Linear("out", 4).SoftmaxLoss().Build();
        using var point = new Point<double>(WithFault(network, 0, Fault.TangentScale), _device, parameters: WithoutBiases(network));
        AssertFarOff(point, "the bias");
    }

    [Fact]
    public void A_gauss_newton_matrix_that_is_not_the_one()
    {
        using var point = new Point<double>(TestNetworks.SmallNotebook(), _device);
        Derivatives at = point.ByMatrix();
        AssertBroken(Point<double>.Check(at with { Passes = new OneSided(at.Passes, 1e-12 * at.CurvatureScale) }), "gauss-newton-blocks");
    }

    private static Network Smooth(string name) => name switch
    {
        "alternating" => new NetworkBuilder(new Shape(6))
            .Linear("a", 5).Tanh().Linear("b", 5).Gelu().Linear("c", 5).Sigmoid().Linear("d", 5).Silu().Linear("e", 5).Softplus().Linear("f", 5).GeluTanh()
            .Linear("g", 5).Tanh().Linear("h", 5).Gelu().Linear("i", 5).Sigmoid().Linear("j", 5).Silu().Linear("out", 4).SoftmaxLoss().Build(),
        "sigmoids" => new NetworkBuilder(new Shape(6))
            .Linear("a", 5)
                .Sigmoid()
                .Linear("b", 5)
                .Sigmoid()
                .Linear("c", 5)
                .Sigmoid()
                .Linear("d", 5)
                .Sigmoid()
                .Linear("e", 5)
                .Sigmoid()
                .Linear("out", 4)
                .SoftmaxLoss()
                .Build(),
        "squares" => new NetworkBuilder(new Shape(6))
            .Linear("a", 5)
            .Tanh()
            .Linear("b", 5)
            .Gelu()
            .Linear("c", 5)
            .Sigmoid()
            .Linear("d", 5)
            .Tanh()
            .Linear("out", 4)
            .MeanSquaredLoss()
            .Build(),
        _ => TestNetworks.Residual(),
    };

    private static Network WithFault(Network network, int node, Fault fault)
        => new(network.Input, [.. network.Nodes.Select((sound, i) => i == node ? sound with { Operator = new FaultyOperator(sound.Operator, fault) } : sound)]);

    private static double[] WithoutBiases(Network network)
    {
        double[] parameters = TestNetworks.Parameters(network, 2);
        foreach (Parameter bias in network.Parameters.Where(parameter => parameter.Name.EndsWith(".bias", StringComparison.Ordinal)))
            parameters.AsSpan(bias.Offset, bias.Size).Clear();
        return parameters;
    }

    // Not a little above its bound: ten times at least.
    private static void AssertFarOff(Point<double> point, string where)
    {
        IdentityCheck check = Assert.Single(new CentralDifference().Check(point.ByProducts()));
        Assert.True(check.Residual > 10 * check.Bound, $"a fault in {where}: {check.Residual} for a bound of {check.Bound}");
    }

    private static Network FaultyNotebook(Fault fault)
    {
        Network network = TestNetworks.SmallNotebook();
        return new(
            network.Input,
            [.. network.Nodes.Select(node => node.Operator is MaxPool ? node with { Operator = new FaultyOperator(node.Operator, fault) } : node)]);
    }

    private static Hessian WithWrongElement(Hessian hessian, double relative)
        => With(hessian, (matrix, n) => matrix[n - 1, n - 2] = matrix[n - 2, n - 1] += relative * hessian.FrobeniusNorm);

    private static Hessian With(Hessian hessian, Action<Matrix, int> change)
    {
        Matrix matrix = hessian.Matrix.Clone();
        change(matrix, matrix.Rows);
        return hessian with { Matrix = matrix };
    }

    private static void AssertBroken(IdentityCheck[] checks, params string[] names)
    {
        ImmutableArray<string> broken = [.. checks.Where(check => !check.Passed).Select(check => check.Name)];
        Assert.All(names, name => Assert.True(broken.Contains(name), $"{name} holds; broken are: {string.Join(", ", broken)}"));
    }

    /// <summary>Passes whose products have too much of the first element of a direction in the last element.</summary>
    private sealed class OneSided(Passes right, double size) : Passes
    {
        public override Matrix MultiplyHessian(Matrix directions, CancellationToken cancellation)
        {
            Matrix products = right.MultiplyHessian(directions, cancellation);
            for (int v = 0; v < directions.Rows; v++)
                products[v, products.Columns - 1] += size * directions[v, 0];
            return products;
        }

        public override Matrix MultiplyGaussNewton(Matrix directions, CancellationToken cancellation)
        {
            Matrix products = right.MultiplyGaussNewton(directions, cancellation);
            for (int v = 0; v < directions.Rows; v++)
                products[v, 1] += size * directions[v, 0];
            return products;
        }

        public override void VisitSamples(int value, SampleVisitor visit) => right.VisitSamples(value, visit);

        public override double[][] GradientsAt(IReadOnlyList<double[]> points) => right.GradientsAt(points);

        public override (double[] Gradient, Matrix Products) Rearranged(Matrix directions, CancellationToken cancellation)
            => right.Rearranged(directions, cancellation);
    }
}
