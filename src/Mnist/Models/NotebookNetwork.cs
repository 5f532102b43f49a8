using BasinVolume.Autodiff;

namespace BasinVolume.Mnist.Models;

/// <summary>
/// The notebook's network: convolution 3x3 with one channel, ReLU, max-pool 2, linear 169 → 10, log-softmax. 1,710 parameters,
/// in PyTorch's order conv1.weight [1, 1, 3, 3], conv1.bias [1], fc2.weight [10, 169], fc2.bias [10].
/// </summary>
public static class NotebookNetwork
{
    /// <summary>Builds it.</summary>
    public static Network Create() => new NetworkBuilder(new Shape(1, 28, 28))
        .Convolution("conv1", channels: 1, kernel: 3)
        .Relu()
        .MaxPool(2)
        .Flatten()
        .Linear("fc2", 10)
        .SoftmaxLoss()
        .Build();
}
