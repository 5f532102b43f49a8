using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Operators;
using BasinVolume.Autodiff.Tests.Harness;
using BasinVolume.Kernels.Tests.Devices;

namespace BasinVolume.Autodiff.Tests.Operators;

public sealed class SoftmaxTests
{
    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void Passes_are_derivatives(string device)
        => OperatorCheck.Passes(device, new(new Softmax(new Shape(2, 3, 5)), (x, _) => [.. x[0].Chunk(5).SelectMany(Reference)]));

    // Rows with a class that has more than half of the weight.
    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void Passes_are_derivatives_where_a_class_is_sure(string device)
        => OperatorCheck.Passes(device, new(new Softmax(new Shape(2, 4)), (x, _) => [.. x[0].Chunk(4).SelectMany(Reference)])
        {
            Inputs = (random, count) => [.. ArraySamples.Normals(random, count).Select((value, i) => i % 4 == 1 ? value + 6 : value)],
        });

    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void What_is_masked_is_zero_in_every_pass(string device)
    {
        using var rig = new OperatorRig<double>(
            new Softmax(new Shape(2, 3)), TestDevices.Get(device), Surroundings.Alone, 1, network => ArraySamples.Random(network, 1, 1));
        double[] x = [0.5, double.NegativeInfinity, double.NegativeInfinity, 0.25, -0.5, double.NegativeInfinity], adjoint = [1, 2, 3, 4, 5, 6];
        double[] y = rig.Forward(x), xAdjoint = rig.Adjoint(x, adjoint);
        (double[][] tangents, double[][] tangentAdjoints) = rig.Directions(x, adjoint, [[1, -2, 3, -4, 5, -6]], [[6, 5, 4, 3, 2, 1]]);
        Assert.Equal([1, 0, 0], y[..3]);
        // A row with one position has no derivatives, and of the other's third position nothing is felt.
        Assert.All((double[][])[xAdjoint[..3], tangents[0][..3], tangentAdjoints[0][..3]], row => Assert.Equal([0, 0, 0], row));
        Assert.Equal([0, 0, 0, 0], (double[])[y[5], xAdjoint[5], tangents[0][5], tangentAdjoints[0][5]]);
        // With d = x₀ − x₁ = ¾ the others are p = σ(d) and 1 − p: ẏ₀ = p (1 − p)(ẋ₀ − ẋ₁), x̄₀ = p (1 − p)(ȳ₀ − ȳ₁),
        // x̄˙₀ = p (1 − p)(ȳ˙₀ − ȳ˙₁) + p (1 − p)(1 − 2p)(ẋ₀ − ẋ₁)(ȳ₀ − ȳ₁).
        double p = 1 / (1 + Math.Exp(-0.75)), slope = p * (1 - p);
        Near.Equal([p, 1 - p], y[3..5], 1e-15, "forward");
        Near.Equal([-slope, slope], xAdjoint[3..5], 1e-15, "adjoint");
        Near.Equal([-9 * slope, 9 * slope], tangents[0][3..5], 1e-15, "tangent");
        double second = slope + (slope * (1 - (2 * p)) * 9);
        Near.Equal([second, -second], tangentAdjoints[0][3..5], 1e-14, "tangent-adjoint");
    }

    [Fact]
    public void Another_axis_than_the_last_is_turned_there_and_back()
    {
        Network network = new NetworkBuilder(new Shape(2, 3, 4)).Scale("s").Softmax(1).MeanSquaredLoss().Build();
        Assert.Equal(new Shape(2, 3, 4), network.Values[^2]);
        Assert.Equal([2, 3, 4, 5], network.Nodes.Skip(1).SelectMany(node => node.Inputs).Select(value => value + 1));
        Assert.Equal("Transpose [0, 2, 1]", network.Nodes[1].Operator.Description);
        Assert.Contains(
            "A softmax has the axis 3",
            Assert.Throws<NetworkException>(() => new NetworkBuilder(new Shape(2, 3, 4)).Softmax(3)).Message,
            StringComparison.Ordinal);
    }

    private static double[] Reference(double[] row)
    {
        double[] exponentials = [.. row.Select(value => Math.Exp(value - row.Max()))];
        return [.. exponentials.Select(value => value / exponentials.Sum())];
    }
}
