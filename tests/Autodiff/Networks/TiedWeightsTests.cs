using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Tests.Devices;

namespace BasinVolume.Autodiff.Tests.Networks;

/// <summary>Tensors that several layers take: the network has each once, and derivatives are those of the untied network, contracted.</summary>
public sealed class TiedWeightsTests
{
    // o = w · w x with x = 2, t = 1 at w = 3: L = (2w² − 1)², L′ = 2 (2w² − 1) 4w, L″ = 2 (4w)² + 2 (2w² − 1) 4; 2w² − 1 = 17.
    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void A_weight_that_is_taken_twice_has_the_derivatives_of_a_square(string device)
    {
        Network network = new NetworkBuilder(new Shape(1)).Linear("a", 1, bias: false).Linear("b", 1, bias: false).MeanSquaredLoss()
            .Tie("b.weight", "a.weight").Build();
        Assert.Equal("a.weight", Assert.Single(network.Parameters).Name);
        using var plan = new Plan<double>(network, TestDevices.Get(device), new PlanBudget(1, 0));
        plan.SetParameters([3]);
        var samples = new ArraySamples([2], [1.0], [1]);
        Hessian hessian = Hessian.Compute(plan, samples);
        Assert.Equal((289, 408, 424), (hessian.Loss, hessian.Gradient[0], hessian.Matrix[0, 0]));
        // Without the second derivative of the output.
        Assert.Equal(288, GaussNewton.Compute(plan, samples).Matrix[0, 0]);
        Assert.Equal(848, Hessian.Multiply(plan, samples, new Matrix(1, 1, [2])).Values[0]);
        Assert.Equal(424, Hessian.Block(plan, samples, network.Parameters, network.Parameters)[0, 0]);
    }

    // H of the tied network is Tᵀ H T of the untied one at T θ, g is Tᵀ g and G is Tᵀ G T.
    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void Derivatives_are_those_of_the_untied_network_contracted(string device)
    {
        Network tied = TestNetworks.Ties(), untied = new(tied.Input, tied.Nodes);
        int n = tied.ParameterCount;
        int[] source = new int[untied.ParameterCount];
        foreach ((Parameter place, Parameter tensor) in untied.Parameters.Zip(tied.ParametersOfNodes.SelectMany(parameters => parameters)))
        {
            for (int i = 0; i < place.Size; i++)
                source[place.Offset + i] = tensor.Offset + i;
        }

        Assert.Equal(untied.ParameterCount - tied.TiedUses.Sum(use => use.Parameter.Size), n);
        double[] parameters = TestNetworks.Parameters(tied, 1);
        ArraySamples samples = ArraySamples.Random(tied, 7, 2);
        using var plan = new Plan<double>(tied, TestDevices.Get(device), new PlanBudget(3, 1 << 16));
        using var other = new Plan<double>(untied, TestDevices.Get(device), new PlanBudget(3, 1 << 16));
        plan.SetParameters(parameters);
        other.SetParameters([.. source.Select(place => parameters[place])]);
        Hessian hessian = Hessian.Compute(plan, samples), whole = Hessian.Compute(other, samples);
        double bound = 1e-13 * whole.FrobeniusNorm;
        Assert.Equal(whole.Loss, hessian.Loss, 1e-14);
        AssertNear(Contracted(whole.Gradient, source, n), hessian.Gradient, bound);
        AssertNear(Contracted(whole.Matrix, source, n), hessian.Matrix.Values, bound);
        AssertNear(Contracted(GaussNewton.Compute(other, samples).Matrix, source, n), GaussNewton.Compute(plan, samples).Matrix.Values, bound);
        Parameter[] rows = [tied.Parameters[^1], tied.Parameters[2]], columns = [tied.Parameters[1]];
        AssertNear(Part(hessian.Matrix, rows, columns), Hessian.Block(plan, samples, rows, columns).Values, bound);
        AssertNear(Part(hessian.Matrix, columns, rows), Hessian.Block(plan, samples, columns, rows).Values, bound);
        TestDevices.Failures.AssertNone();
    }

    [Fact]
    public void What_cannot_be_tied_is_refused()
    {
        Refused("'b.weight' of shape [3, 2] is tied to 'a.weight' of shape [2, 4]", network => network.Tie("b.weight", "a.weight"));
        Refused("'a.weight' is tied to 'b.weight', but no layer before it has a tensor of that name", network => network.Tie("a.weight", "b.weight"));
        Refused("'b.bias' is tied to 'b.bias'", network => network.Tie("b.bias", "b.bias"));
        Refused("'c.weight' is tied, but no layer has a tensor of that name", network => network.Tie("c.weight", "a.weight"));
        Refused("'b.bias' is tied already, to 'a.bias'", network => network.Tie("b.bias", "a.bias").Tie("b.bias", "a.weight"));
    }

    private static void Refused(string because, Action<NetworkBuilder> tie)
        => Assert.Contains(because, Assert.Throws<NetworkException>(() =>
        {
            NetworkBuilder network = new NetworkBuilder(new Shape(4)).Linear("a", 2).Linear("b", 3).SoftmaxLoss();
            tie(network);
            network.Build();
        }).Message, StringComparison.Ordinal);

    private static double[] Contracted(double[] vector, int[] source, int n)
    {
        var sums = new double[n];
        for (int i = 0; i < vector.Length; i++)
            sums[source[i]] += vector[i];
        return sums;
    }

    private static double[] Contracted(Matrix matrix, int[] source, int n)
    {
        var sums = new double[n * n];
        for (int i = 0; i < matrix.Rows; i++)
        {
            for (int j = 0; j < matrix.Columns; j++)
                sums[(source[i] * n) + source[j]] += matrix[i, j];
        }

        return sums;
    }

    private static double[] Part(Matrix matrix, Parameter[] rows, Parameter[] columns)
        => [.. from row in rows
               from i in Enumerable.Range(row.Offset, row.Size)
               from column in columns
               from j in Enumerable.Range(column.Offset, column.Size)
               select matrix[i, j]];

    private static void AssertNear(double[] expected, double[] actual, double bound)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < actual.Length; i++)
            Assert.Equal(expected[i], actual[i], bound);
    }
}
