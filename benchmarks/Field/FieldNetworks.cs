using BasinVolume.Autodiff;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Mnist.Models;

namespace BasinVolume.Benchmarks.Field;

/// <summary>The networks, in ascending order of their parameters.</summary>
internal static class FieldNetworks
{
    /// <summary>resnet20 without its norm layers.</summary>
    public const string PlainResNet20 = "resnet20-plain";

    /// <summary>The multilayer perceptron of curvlinops' benchmark.</summary>
    public const string CurvlinopsMlp = "curvlinops-mlp";

    /// <summary>All of them, from 1,710 parameters to 1,501,770.</summary>
    public static IReadOnlyList<FieldNetwork> All { get; } =
    [
        new("notebook", ReadyMade.Notebook(), 1500, "the notebook's network"),
        new("softmax", ReadyMade.Softmax(), 1500, "784-10"),
        new("mlp", ReadyMade.Mlp(null, 16), 1500, "784-16-10"),
        new("lenet5", ReadyMade.LeNet5(), 1500, "LeNet-5"),
        new(PlainResNet20, ResNet20WithoutNorms(), 128, "resnet20 without its norm layers"),
        new(CurvlinopsMlp, ReadyMade.Mlp(null, 1024, 512, 256, 128, 64), 512, "784-1024-512-256-128-64-10"),
    ];

    /// <summary>The one of a name.</summary>
    public static FieldNetwork Open(string name)
        => All.FirstOrDefault(network => network.Name == name)
            ?? throw new ArgumentException($"No network is called '{name}'; there are {string.Join(", ", All.Select(network => network.Name))}.", nameof(name));

    // The product's resnet20 (src/Mnist/Models/ResNet20.cs) layer by layer, without what standardises: convolutions have no bias, so nothing takes its place.
    private static Network ResNet20WithoutNorms()
    {
        NetworkBuilder network = new NetworkBuilder(new Shape(3, 32, 32)).Convolution("conv1", 16, 3, padding: 1, bias: false).Relu();
        for (int stage = 0; stage < 3; stage++)
        {
            for (int block = 0; block < 3; block++)
                AddBlock(network, $"layer{stage + 1}.{block}", 16 << stage, stride: stage > 0 && block == 0 ? 2 : 1);
        }

        return network.GlobalAveragePool().Linear("fc", 10).SoftmaxLoss().Build();
    }

    private static void AddBlock(NetworkBuilder network, string name, int channels, int stride)
    {
        string straight = $"{name}.input";
        network.As(straight)
            .Convolution($"{name}.conv1", channels, 3, stride, padding: 1, bias: false).Relu()
            .Convolution($"{name}.conv2", channels, 3, padding: 1, bias: false);
        if (stride > 1)
        {
            network.As($"{name}.output").From(straight).Convolution($"{name}.downsample.0", channels, 1, stride, bias: false);
            straight = $"{name}.output";
        }

        network.Sum(straight).Relu();
    }
}
