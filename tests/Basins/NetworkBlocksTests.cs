using BasinVolume.Autodiff;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Curvature.Groups;

namespace BasinVolume.Basins.Tests;

public class NetworkBlocksTests
{
    private static readonly Network Network
        = new NetworkBuilder(new Shape(3)).Linear("fc1", 2).Relu().Linear("fc10", 4).Relu().Linear("fc2", 2).SoftmaxLoss().Build();

    [Fact]
    public void Tensors_and_whole_layers_are_found_by_name_in_the_networks_order()
    {
        // fc1: 2 x 3 and 2, fc10: 4 x 2 and 4, fc2: 2 x 4 and 2.
        Assert.Equal(
            [new ParameterGroup("fc1.weight", 0, 6), new("fc1.bias", 6, 2), new("fc2.bias", 28, 2)],
            NetworkBlocks.Of(Network, ["fc2.bias", "fc1", "fc1.bias"]));
    }

    [Fact]
    public void A_name_that_is_not_there_is_said_with_those_that_are()
    {
        Assert.Contains("'fc3', nor a layer of that name; it has fc1.weight, fc1.bias", Refusal("fc1", "fc3"));
        Assert.Contains("''", Refusal(string.Empty));
        Assert.StartsWith("No tensor is named", Refusal());

        static string Refusal(params string[] names) => Assert.Throws<NetworkException>(() => NetworkBlocks.Of(Network, names)).Message;
    }
}
