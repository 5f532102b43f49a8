using BasinVolume.Autodiff;
using BasinVolume.Autodiff.Networks;

namespace BasinVolume.Mnist.Models;

/// <summary>
/// Networks that need not be described: for images of 28 x 28 in ten classes, and a decoder of tokens.
/// Parameters are named and ordered as PyTorch's modules of the same layers.
/// </summary>
public static class ReadyMade
{
    private const int Classes = 10;

    private static NetworkBuilder Images => new(new Shape(1, 28, 28));

    /// <summary>
    /// The notebook's network: convolution 3x3 with one channel, ReLU, max-pool 2, linear 169 → 10, log-softmax. 1,710 parameters:
    /// conv1.weight [1, 1, 3, 3], conv1.bias [1], fc2.weight [10, 169], fc2.bias [10].
    /// </summary>
    public static Network Notebook() => Images
        .Convolution("conv1", channels: 1, kernel: 3).Relu().MaxPool(2)
        .Flatten().Linear("fc2", Classes).SoftmaxLoss().Build();

    /// <summary>Softmax regression, convex: linear 784 → 10. 7,850 parameters: fc.weight, fc.bias.</summary>
    public static Network Softmax() => Images.Flatten().Linear("fc", Classes).SoftmaxLoss().Build();

    /// <summary>A multilayer perceptron with ReLU between its linear layers fc1, fc2, …; with one hidden layer of 16 it has 12,730 parameters.</summary>
    /// <param name="hidden">Units of each hidden layer.</param>
    /// <exception cref="NetworkException">A layer has no units.</exception>
    public static Network Mlp(params ReadOnlySpan<int> hidden)
    {
        NetworkBuilder network = Images.Flatten();
        for (int i = 0; i < hidden.Length; i++)
            network.Linear($"fc{i + 1}", hidden[i]).Relu();
        return network.Linear($"fc{hidden.Length + 1}", Classes).SoftmaxLoss().Build();
    }

    /// <summary>
    /// LeNet-5 in its usual present form, with ReLU and max-pool: conv1 (6 channels, 5x5, padding 2), conv2 (16 channels, 5x5), fc1 120, fc2 84, fc3 10.
    /// 61,706 parameters.
    /// </summary>
    public static Network LeNet5() => Images
        .Convolution("conv1", channels: 6, kernel: 5, padding: 2).Relu().MaxPool(2)
        .Convolution("conv2", channels: 16, kernel: 5).Relu().MaxPool(2)
        .Flatten().Linear("fc1", 120).Relu().Linear("fc2", 84).Relu().Linear("fc3", Classes).SoftmaxLoss().Build();

    /// <summary>
    /// A small smooth residual network: conv1 (4 channels, stride 2) and gelu, a block of two convolutions that is added to what goes in, gelu, average-pool,
    /// linear. 2,306 parameters.
    /// </summary>
    public static Network Residual() => Images
        .Convolution("conv1", channels: 4, kernel: 3, stride: 2, padding: 1).Gelu().As("block")
        .Convolution("conv2", channels: 4, kernel: 3, padding: 1).Gelu()
        .Convolution("conv3", channels: 4, kernel: 3, padding: 1).Sum("block").Gelu()
        .AveragePool(2).Flatten().Linear("fc", Classes).SoftmaxLoss().Build();

    /// <summary>
    /// A small decoder of integer tokens that gives the logits of the next token at each position: embedding tokens.weight and learned positions.weight, added;
    /// blocks blocks.0, blocks.1, … of x + attn(ln1(x)), causal with several heads, and x + mlp(ln2(x)), fc1 four times as wide, gelu, fc2; a last
    /// normalisation ln and a linear layer head. A sample has a label for each position.
    /// </summary>
    /// <param name="vocabulary">How many tokens there are.</param>
    /// <param name="length">Positions of a sequence.</param>
    /// <param name="width">Elements that a position has between layers.</param>
    /// <param name="heads">Heads of each attention, a divisor of the width.</param>
    /// <param name="layers">Blocks.</param>
    /// <exception cref="NetworkException">A size is not possible, or the heads do not divide the width.</exception>
    public static Network Transformer(int vocabulary, int length, int width, int heads, int layers)
    {
        NetworkBuilder network = new NetworkBuilder(new Shape(length)).Embedding("tokens", vocabulary, width).Positions("positions");
        for (int i = 0; i < layers; i++)
            AddBlock(network, $"blocks.{i}", width, heads);
        return network.LayerNormalization("ln").Linear("head", vocabulary).SoftmaxLoss().Build();
    }

    private static void AddBlock(NetworkBuilder network, string name, int width, int heads)
    {
        string before = $"{name}.in", between = $"{name}.between";
        network.As(before).LayerNormalization($"{name}.ln1").CausalSelfAttention($"{name}.attn", heads).Sum(before).As(between)
            .LayerNormalization($"{name}.ln2").Linear($"{name}.mlp.fc1", 4 * width).Gelu().Linear($"{name}.mlp.fc2", width).Sum(between);
    }
}
