using BasinVolume.Autodiff;
using BasinVolume.Autodiff.Networks;

namespace BasinVolume.Mnist.Models;

/// <summary>
/// The residual network of 20 layers for CIFAR-10 (He et al. 2015, section 4.2): a convolution, three stages of three blocks with 16, 32 and 64 channels, the
/// second and third of which begin with half the pixels, a global average and a linear layer. Convolutions have no bias and a batch normalisation behind them,
/// whose statistics are fixed. For 3 x 32 x 32 images in ten classes it has 272,474 parameters: the shortcuts that change their shape are a convolution 1x1 and
/// a batch normalisation ("option B", 2,752 parameters more than the 269,722 with shortcuts that have none).
/// Names are those of torchvision's ResNet and its usual CIFAR variants: conv1, bn1, layer1.0.conv1 … layer2.0.downsample.0 (the convolution) and .1, fc.
/// </summary>
public static class ResNet20
{
    private const int Stages = 3;
    private const int Blocks = 3;
    private const int Channels = 16;

    /// <summary>The network up to its logits.</summary>
    /// <param name="input">The shape of an image, [channels, height, width].</param>
    /// <param name="outputs">One for each class.</param>
    /// <exception cref="NetworkException">The input is not an image.</exception>
    public static NetworkBuilder Logits(Shape input, int outputs)
    {
        NetworkBuilder network = new NetworkBuilder(input)
            .Convolution("conv1", Channels, 3, padding: 1, bias: false).BatchNormalization("bn1").Relu();
        for (int stage = 0; stage < Stages; stage++)
        {
            for (int block = 0; block < Blocks; block++)
                Block(network, $"layer{stage + 1}.{block}", Channels << stage, stride: stage > 0 && block == 0 ? 2 : 1);
        }

        return network.GlobalAveragePool().Linear("fc", outputs);
    }

    private static void Block(NetworkBuilder network, string name, int channels, int stride)
    {
        bool same = stride == 1;
        network.As($"{name}.input")
            .Convolution($"{name}.conv1", channels, 3, stride, padding: 1, bias: false).BatchNormalization($"{name}.bn1").Relu()
            .Convolution($"{name}.conv2", channels, 3, padding: 1, bias: false).BatchNormalization($"{name}.bn2");
        if (!same)
        {
            network.As($"{name}.straight").From($"{name}.input")
                .Convolution($"{name}.downsample.0", channels, 1, stride, bias: false).BatchNormalization($"{name}.downsample.1");
        }

        network.Sum(same ? $"{name}.input" : $"{name}.straight").Relu();
    }
}
