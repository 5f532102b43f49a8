using BasinVolume.Autodiff;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Mnist.Options;

namespace BasinVolume.Mnist.Models;

/// <summary>
/// Networks that need not be described. They take the shape of the samples and give an output for each class or target; what is said of their sizes is for
/// images of 28 x 28 in ten classes, which is what they take where nothing is said. Parameters are named and ordered as PyTorch's modules of the same layers.
/// </summary>
public static class ReadyMade
{
    /// <summary>
    /// The notebook's network: convolution 3x3 with one channel, ReLU, max-pool 2, linear 169 → 10, log-softmax. 1,710 parameters:
    /// conv1.weight [1, 1, 3, 3], conv1.bias [1], fc2.weight [10, 169], fc2.bias [10].
    /// </summary>
    /// <inheritdoc cref="Mlp" path="/param[@name='frame']|/exception"/>
    public static Network Notebook(ModelFrame? frame = null) => End(frame, "fc2", Begin(frame)
        .Convolution("conv1", channels: 1, kernel: 3).Relu().MaxPool(2)
        .Flatten());

    /// <summary>Softmax regression, convex: linear 784 → 10. 7,850 parameters: fc.weight, fc.bias.</summary>
    /// <inheritdoc cref="Mlp" path="/param[@name='frame']|/exception"/>
    public static Network Softmax(ModelFrame? frame = null) => End(frame, "fc", Begin(frame).Flatten());

    /// <summary>A multilayer perceptron with ReLU between its linear layers fc1, fc2, …; with one hidden layer of 16 it has 12,730 parameters.</summary>
    /// <param name="frame">Samples, outputs and loss; null for MNIST's.</param>
    /// <param name="hidden">Units of each hidden layer.</param>
    /// <exception cref="NetworkException">A layer has no units, or the samples are too small, or of another form than it takes.</exception>
    public static Network Mlp(ModelFrame? frame, params ReadOnlySpan<int> hidden)
    {
        NetworkBuilder network = Begin(frame).Flatten();
        for (int i = 0; i < hidden.Length; i++)
            network.Linear($"fc{i + 1}", hidden[i]).Relu();
        return End(frame, $"fc{hidden.Length + 1}", network);
    }

    /// <summary>
    /// LeNet-5 in its usual present form, with ReLU and max-pool: conv1 (6 channels, 5x5, padding 2 for images of 28 x 28 and less, so that these become the
    /// 32 x 32 that it was made for), conv2 (16 channels, 5x5), fc1 120, fc2 84, fc3 10. 61,706 parameters; 62,006 for 3 x 32 x 32.
    /// </summary>
    /// <inheritdoc cref="Mlp" path="/param[@name='frame']|/exception"/>
    public static Network LeNet5(ModelFrame? frame = null) => End(frame, "fc3", Begin(frame)
        .Convolution("conv1", channels: 6, kernel: 5, padding: Smallest(frame) <= 28 ? 2 : 0).Relu().MaxPool(2)
        .Convolution("conv2", channels: 16, kernel: 5).Relu().MaxPool(2)
        .Flatten().Linear("fc1", 120).Relu().Linear("fc2", 84).Relu());

    /// <summary>
    /// A small smooth residual network: conv1 (4 channels, stride 2) and gelu, a block of two convolutions that is added to what goes in, gelu, average-pool,
    /// linear. 2,306 parameters.
    /// </summary>
    /// <inheritdoc cref="Mlp" path="/param[@name='frame']|/exception"/>
    public static Network Residual(ModelFrame? frame = null) => End(frame, "fc", Begin(frame)
        .Convolution("conv1", channels: 4, kernel: 3, stride: 2, padding: 1).Gelu().As("block")
        .Convolution("conv2", channels: 4, kernel: 3, padding: 1).Gelu()
        .Convolution("conv3", channels: 4, kernel: 3, padding: 1).Sum("block").Gelu()
        .AveragePool(2).Flatten());

    /// <summary>The residual network of 20 layers: <see cref="Models.ResNet20"/>.</summary>
    /// <inheritdoc cref="Mlp" path="/param[@name='frame']|/exception"/>
    public static Network ResNet20(ModelFrame? frame = null)
        => End(frame, Models.ResNet20.Logits((frame ?? ModelFrame.Mnist).Input, (frame ?? ModelFrame.Mnist).Outputs));

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

    private static NetworkBuilder Begin(ModelFrame? frame) => new((frame ?? ModelFrame.Mnist).Input);

    private static int Smallest(ModelFrame? frame) => (frame ?? ModelFrame.Mnist).Input.Dimensions is [_, var rows, var columns] ? Math.Min(rows, columns) : 0;

    private static Network End(ModelFrame? frame, string name, NetworkBuilder network)
        => End(frame, network.Linear(name, (frame ?? ModelFrame.Mnist).Outputs));

    // A new loss for ready-made networks is a line here.
    private static Network End(ModelFrame? frame, NetworkBuilder logits) => (frame ?? ModelFrame.Mnist).Loss switch
    {
        LossChoice.CrossEntropy => logits.SoftmaxLoss().Build(),
        LossChoice.MeanSquared => logits.MeanSquaredLoss().Build(),
        LossChoice.BinaryCrossEntropy => logits.BinaryCrossEntropyLoss().Build(),
        _ => throw new ArgumentOutOfRangeException(nameof(frame), frame!.Loss, "No such loss."),
    };
}
