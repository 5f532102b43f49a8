using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Operators;
using BasinVolume.Autodiff.Tests.Harness;
using BasinVolume.Kernels.Tests.Devices;

namespace BasinVolume.Autodiff.Tests.Operators;

public sealed class RowStandardizationTests
{
    private const double Epsilon = 0.01;

    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void Passes_are_derivatives(string device) => OperatorCheck.Passes(device, Case(new Shape(2, 3, 5), 1));

    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void Passes_are_derivatives_over_several_dimensions(string device) => OperatorCheck.Passes(device, Case(new Shape(2, 2, 3), 2));

    [Theory]
    [InlineData(0, 1e-5, "last 0 dimensions")]
    [InlineData(3, 1e-5, "last 3 dimensions, but a value of shape [2, 3] has 2")]
    [InlineData(1, -1, "epsilon of a normalisation is -1")]
    [InlineData(1, double.NaN, "epsilon of a normalisation is NaN")]
    public void What_is_not_there_is_refused(int dimensions, double epsilon, string because)
        => Assert.Contains(
            because,
            Assert.Throws<NetworkException>(() => new NetworkBuilder(new Shape(2, 3)).LayerNormalization("n", dimensions, epsilon)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void A_layer_normalisation_has_PyTorchs_parameters()
    {
        Network network = new NetworkBuilder(new Shape(2, 3, 4)).LayerNormalization("n", 2).LayerNormalization("m", weight: false).MeanSquaredLoss().Build();
        Assert.Equal(
            [("n.weight", new Shape(3, 4), 1), ("n.bias", new Shape(3, 4), 0), ("m.bias", new Shape(4), 0)],
            network.Parameters.Select(parameter => (parameter.Name, parameter.Shape, parameter.InitialValue)));
    }

    private static OperatorCase Case(Shape shape, int dimensions)
        => new(new RowStandardization(shape, dimensions, Epsilon), (x, _) =>
            [.. x[0].Chunk(LastDimensions.Of("It", shape, dimensions).Size).SelectMany(Reference)]);

    private static double[] Reference(double[] row)
    {
        double mean = row.Average(), variance = row.Average(value => (value - mean) * (value - mean));
        return [.. row.Select(value => (value - mean) / Math.Sqrt(variance + Epsilon))];
    }
}
