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

    private static NetworkBuilder Begin(ModelFrame? frame) => new((frame ?? ModelFrame.Mnist).Input);

    private static int Smallest(ModelFrame? frame) => (frame ?? ModelFrame.Mnist).Input.Dimensions is [_, var rows, var columns] ? Math.Min(rows, columns) : 0;

    // The last linear layer and the loss. A new loss for ready-made networks is a line here.
    private static Network End(ModelFrame? frame, string name, NetworkBuilder network)
    {
        frame ??= ModelFrame.Mnist;
        network.Linear(name, frame.Outputs);
        return frame.Loss switch
        {
            LossChoice.CrossEntropy => network.SoftmaxLoss().Build(),
            LossChoice.MeanSquared => network.MeanSquaredLoss().Build(),
            _ => throw new ArgumentOutOfRangeException(nameof(frame), frame.Loss, "No such loss."),
        };
    }
}
