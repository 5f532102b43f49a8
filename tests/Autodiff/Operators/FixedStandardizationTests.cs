using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Operators;
using BasinVolume.Autodiff.Tests.Harness;
using BasinVolume.Kernels.Tests.Devices;

namespace BasinVolume.Autodiff.Tests.Operators;

public sealed class FixedStandardizationTests
{
    private static readonly FixedStandardization Two = new("bn", new Shape(2, 3), [1, -2], [0.25, 4], 1e-3);

    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void Passes_are_derivatives(string device)
        => OperatorCheck.Passes(device, new(
            Two, (x, _) => [.. x[0].Select((value, i) => i < 3 ? (value - 1) / Math.Sqrt(0.251) : (value + 2) / Math.Sqrt(4.001))]));

    [Fact]
    public void Its_statistics_are_buffers_of_the_network_and_no_parameters()
    {
        Network network = new NetworkBuilder(new Shape(2, 3)).BatchNormalization("bn").Flatten().Linear("fc", 2).SoftmaxLoss().Build();
        Assert.Equal(["bn.weight", "bn.bias", "fc.weight", "fc.bias"], network.Parameters.Select(parameter => parameter.Name));
        Assert.Equal([1, 0], network.Parameters.Take(2).Select(parameter => parameter.InitialValue));
        Assert.Equal(["bn.running_mean [2] 0 0", "bn.running_var [2] 1 1"], network.Buffers.Select(Text));

        Network filled = network.WithBuffers(buffer => buffer.Name == "bn.running_mean" ? [1, -2] : [0.25, 4]);
        Assert.Equal(["bn.running_mean [2] 1 -2", "bn.running_var [2] 0.25 4"], filled.Buffers.Select(Text));
        Assert.Equal(network.Parameters.Select(parameter => parameter.ToString()), filled.Parameters.Select(parameter => parameter.ToString()));
        Network told = new NetworkBuilder(new Shape(2, 3))
            .BatchNormalization("bn", mean: [1, -2], variance: [0.25, 4]).Flatten().Linear("fc", 2).SoftmaxLoss().Build();
        Assert.Equal(told.Nodes[0].Operator.Constants, filled.Nodes[0].Operator.Constants);

        static string Text(BufferTensor buffer) => FormattableString.Invariant($"{buffer.Name} {buffer.Shape} {buffer.Values[0]} {buffer.Values[1]}");
    }

    [Fact]
    public void Statistics_that_cannot_be_are_refused()
    {
        Refused("'bn.running_mean' has 1 elements, but there are 2 channels", () => new FixedStandardization("bn", new Shape(2), [1], [1, 1], 1e-5));
        Refused("'bn.running_var' has 3 elements", () => new FixedStandardization("bn", new Shape(2), [1, 1], [1, 1, 1], 1e-5));
        Refused("'bn.running_var' is -1; variances are at least 0", () => new FixedStandardization("bn", new Shape(2), [1, 1], [1, -1], 1e-5));
        Refused("'bn.running_var' has NaN in it", () => new FixedStandardization("bn", new Shape(2), [1, 1], [1, double.NaN], 1e-5));
        Refused("epsilon of the batch normalisation 'bn' is 0", () => new FixedStandardization("bn", new Shape(1), [1], [1], 0));
        Refused(
            "Two tensors are called 'bn.running_mean'",
            () => new NetworkBuilder(new Shape(2)).BatchNormalization("bn").Unused("bn.running_mean", new Shape(1)).SoftmaxLoss().Build());
    }

    private static void Refused(string because, Func<object> make)
        => Assert.Contains(because, Assert.Throws<NetworkException>(make).Message, StringComparison.Ordinal);
}
