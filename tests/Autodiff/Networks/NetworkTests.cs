using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Operators;

namespace BasinVolume.Autodiff.Tests.Networks;

public class NetworkTests
{
    [Fact]
    public void Parameters_follow_pytorchs_order_and_layout()
    {
        Network network = new NetworkBuilder(new Shape(1, 28, 28))
            .Convolution("conv1", 1, 3)
            .Relu()
            .MaxPool(2)
            .Flatten()
            .Linear("fc2", 10)
            .SoftmaxLoss()
            .Build();
        // list(model.named_parameters()) of the same layers in PyTorch.
        Assert.Equal(
            ["conv1.weight [1, 1, 3, 3] 0", "conv1.bias [1] 9", "fc2.weight [10, 169] 10", "fc2.bias [10] 1700"],
            network.Parameters.Select(parameter => $"{parameter.Name} {parameter.Shape} {parameter.Offset}"));
        Assert.Equal(1710, network.ParameterCount);
    }

    [Fact]
    public void A_network_without_a_loss_is_refused() => Refused("does not end in a loss", () => new NetworkBuilder(new Shape(3)).Linear("a", 2).Build());

    [Fact]
    public void A_name_used_twice_is_refused()
        => Refused("'a.weight'", () => new NetworkBuilder(new Shape(3)).Linear("a", 2).Linear("a", 2).SoftmaxLoss().Build());

    [Fact]
    public void Logits_that_are_neither_a_row_nor_rows_are_refused()
        => Refused("put Flatten() before it", () => new NetworkBuilder(new Shape(1, 4, 4)).Linear("a", 2).SoftmaxLoss());

    [Fact]
    public void A_sequence_that_heads_do_not_divide_is_refused()
    {
        Refused("its 3 heads divide; got [4, 8]", () => new NetworkBuilder(new Shape(4, 8)).CausalSelfAttention("a", 3));
        Refused("got [8]", () => new NetworkBuilder(new Shape(8)).CausalSelfAttention("a", 2));
    }

    [Fact]
    public void A_convolution_on_a_vector_is_refused() => Refused("[channels, height, width]", () => new NetworkBuilder(new Shape(16)).Convolution("a", 1, 3));

    [Fact]
    public void A_kernel_larger_than_the_image_is_refused() => Refused("does not fit", () => new NetworkBuilder(new Shape(1, 4, 4)).Convolution("a", 1, 5));

    [Fact]
    public void A_window_larger_than_the_image_is_refused() => Refused("does not fit", () => new NetworkBuilder(new Shape(1, 4, 4)).MaxPool(5));

    [Fact]
    public void Shapes_that_do_not_meet_are_refused()
        => Refused("expects an input of shape [3], but value 1 has shape [2]", () => new Network(
            new Shape(3), [new Node(new Linear("a", 3, 2), [0]), new Node(new Linear("b", 3, 2), [1]), new Node(new SoftmaxLoss(2), [2])]));

    [Fact]
    public void An_output_that_nothing_uses_is_refused()
        => Refused("Nothing uses the output of node 0", () => new Network(
            new Shape(3), [new Node(new Linear("a", 3, 2), [0]), new Node(new Linear("b", 3, 2), [0]), new Node(new SoftmaxLoss(2), [2])]));

    [Fact]
    public void A_value_used_before_it_is_computed_is_refused()
        => Refused("not computed before", () => new Network(new Shape(3), [new Node(new Linear("a", 3, 2), [1]), new Node(new SoftmaxLoss(2), [1])]));

    [Fact]
    public void A_dimension_of_zero_is_refused() => Refused("at least 1", () => new Shape(1, 0, 3));

    private static void Refused(string because, Func<object> make)
        => Assert.Contains(because, Assert.Throws<NetworkException>(make).Message, StringComparison.Ordinal);
}
