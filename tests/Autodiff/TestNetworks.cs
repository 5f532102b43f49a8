using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Operators;
using BasinVolume.Kernels;

namespace BasinVolume.Autodiff.Tests;

/// <summary>Small networks that between them use every operator with odd sizes.</summary>
internal static class TestNetworks
{
    /// <summary>
    /// Normal parameters, those of a weight divided by the root of the inputs that each output sums over:
    /// outputs of larger ones would be so sure of themselves that the loss's curvature is nothing but rounding.
    /// </summary>
    public static double[] Parameters(Network network, int seed)
    {
        double[] values = ArraySamples.Normals(new Random(seed), network.ParameterCount);
        foreach (Parameter parameter in network.Parameters)
        {
            double inputs = (double)parameter.Size / parameter.Shape.Dimensions[0];
            for (int i = 0; i < parameter.Size; i++)
                values[parameter.Offset + i] /= Math.Sqrt(inputs);
        }

        return values;
    }

    public static Network SoftmaxRegression(int inputs, int classes) => new NetworkBuilder(new Shape(inputs)).Linear("fc", classes).SoftmaxLoss().Build();

    public static Network Mlp() => new NetworkBuilder(new Shape(5)).Linear("a", 4).Relu().Linear("b", 3).Relu().Linear("c", 3).SoftmaxLoss().Build();

    /// <summary>Every activation after the other, with linear layers between them: all that have a second derivative.</summary>
    public static Network Activations() => new NetworkBuilder(new Shape(4))
        .Linear("a", 3).Tanh().Linear("b", 3).Gelu().Linear("c", 3).Silu().Linear("d", 3).Softplus()
        .Linear("e", 3).GeluTanh().Linear("f", 3).Sigmoid().LeakyRelu().Linear("g", 3).SoftmaxLoss().Build();

    /// <summary>The notebook's layers on images of 9 x 7.</summary>
    public static Network SmallNotebook()
        => new NetworkBuilder(new Shape(1, 9, 7)).Convolution("conv1", 1, 3).Relu().MaxPool(2).Flatten().Linear("fc2", 3).SoftmaxLoss().Build();

    /// <summary>Two convolutions with several channels, stride, padding and dilation, so that a convolution is differentiated in its input too.</summary>
    public static Network DeepConvolution() => new NetworkBuilder(new Shape(2, 8, 7))
        .Convolution("a", 3, 3, stride: 1, padding: 1)
        .Relu()
        .MaxPool(2)
        .Convolution("b", 2, 2, stride: 2, padding: 1, dilation: 2)
        .Flatten()
        .Linear("c", 3)
        .SoftmaxLoss()
        .Build();

    /// <summary>
    /// Branches, a residual sum of a value with itself among them, a concatenation, both pools with overlapping windows, layers without bias, bias and scale
    /// alone, and an unused tensor.
    /// </summary>
    public static Network Branches() => new NetworkBuilder(new Shape(2, 7, 6))
        .Convolution("a", 2, 3, padding: 1, bias: false).As("a")
        .Gelu().Convolution("b", 2, 3, padding: 1).Scale("s").Sum("a").As("sum")
        .AveragePool(3, stride: 2, padding: 1).Bias("p")
        .Reshape(new Shape(3, 2, 4)).As("pooled")
        .From("sum").MaxPool(3, stride: 2, padding: 1).Unused("extra", new Shape(3)).Reshape(new Shape(3, 2, 4)).Tanh()
        .Concatenation("pooled", "pooled").As("joined").Sum("joined")
        .Flatten().Linear("c", 3, bias: false).SoftmaxLoss().Build();

    /// <summary>Operators that act in place one after the other, before and after values that are needed twice, where they may not.</summary>
    public static Network InPlace() => new NetworkBuilder(new Shape(1, 5, 4))
        .Convolution("a", 2, 3, padding: 1).As("a").Relu().LeakyRelu().Sum("a").Relu().As("r")
        .Reshape(new Shape(4, 5, 2)).LeakyRelu().Reshape(new Shape(2, 5, 4)).Sum("r").Flatten().Linear("b", 4).LeakyRelu().Linear("c", 3).SoftmaxLoss().Build();

    /// <summary>Two residual blocks with gelu, the second with half the pixels and a projection of its skip.</summary>
    public static Network Residual() => new NetworkBuilder(new Shape(1, 6, 5))
        .Convolution("stem", 2, 3, padding: 1, bias: false).Scale("norm").Bias("norm").Gelu().As("in1")
        .Convolution("block1.a", 2, 3, padding: 1, bias: false).Gelu().Convolution("block1.b", 2, 3, padding: 1).Sum("in1").Gelu().As("in2")
        .Convolution("block2.skip", 3, 1, stride: 2, bias: false).As("skip2")
        .From("in2").Convolution("block2.a", 3, 3, stride: 2, padding: 1).Gelu().Convolution("block2.b", 3, 3, padding: 1).Sum("skip2").Gelu()
        .AveragePool(3).Flatten().Linear("head", 3).SoftmaxLoss().Build();

    /// <summary>
    /// Kernels and windows with sizes of their own on each side, groups, last parts of windows, and an average that leaves out its padding; relu and max-pool
    /// between them.
    /// </summary>
    public static Network Sides() => new NetworkBuilder(new Shape(2, 7, 8))
        .Convolution("a", 4, new Window(3, After: 1), new Window(2, Stride: 2, Before: 1), groups: 2).Relu()
        .MaxPool(new Window(2, Stride: 2) { Ceil = true }, new Window(3, Before: 1, After: 1))
        .Convolution("b", 4, new Window(2, Before: 1), new Window(3, Dilation: 2, Before: 2, After: 1), groups: 4, bias: false)
        .AveragePool(new Window(2, Stride: 2, Before: 1) { Ceil = true }, new Window(2), countPadding: false)
        .Flatten().Linear("c", 3).SoftmaxLoss().Build();

    /// <summary>Inputs that an affine map changes, batch normalisations with statistics of their own, a global average, and questions with yes or no.</summary>
    public static Network Normalised() => new NetworkBuilder(new Shape(2, 5, 4))
        .Affine(new(new Shape(2, 1, 1), [2, -0.5]), new(0.25))
        .Convolution("a", 3, 3, padding: 1, bias: false).BatchNormalization("n", 1e-3, [0.1, -0.2, 0.3], [0.5, 2, 1]).As("n").Relu()
        .Convolution("b", 3, 3, padding: 1, bias: false).BatchNormalization("m", 1e-5, [0, 0.1, 0], [1, 0.25, 4]).Sum("n").Relu()
        .GlobalAveragePool().Linear("c", 3).BinaryCrossEntropyLoss().Build();

    /// <summary>
    /// A chain of one to four layers drawn from smooth ones, each of which may be joined with a value before it by a sum or a concatenation, in front of a head
    /// with one of the losses.
    /// </summary>
    public static Network Random(int seed)
    {
        var random = new Random(seed);
        var builder = new NetworkBuilder(new Shape(random.Next(1, 3), random.Next(1, 5), random.Next(1, 4)));
        int layers = random.Next(1, 5);
        for (int i = 0; i < layers; i++)
        {
            string name = $"layer{i}", before = $"before{i}";
            Shape shape = builder.As(before).Current;
            AddLayer(builder, name, random);
            if (random.Next(3) == 0 && builder.Current.Equals(shape))
                builder.Sum(before);
            else if (random.Next(3) == 0 && builder.Current.Dimensions.AsSpan()[1..].SequenceEqual(shape.Dimensions.AsSpan()[1..]))
                builder.Concatenation(before);
        }

        builder.Flatten().Linear("head", random.Next(1, 4));
        return (random.Next(2) == 0 ? builder.SoftmaxLoss() : builder.MeanSquaredLoss((SquaredMean)random.Next(2))).Build();
    }

    private static void AddLayer(NetworkBuilder builder, string name, Random random)
    {
        _ = random.Next(9) switch
        {
            0 => builder.Tanh(),
            1 => builder.Gelu(),
            2 => builder.Silu(),
            3 => builder.Softplus(),
            4 => builder.Scale(name),
            5 => builder.Bias(name),
            6 => builder.AveragePool(2, stride: 1, padding: 1),
            _ => builder.Convolution(name, random.Next(1, 3), 3, stride: random.Next(1, 3), padding: 1, bias: random.Next(2) == 0),
        };
    }

    /// <summary>Linear layers on the last dimension of values with several rows, and behind them on all of it.</summary>
    public static Network Rows() => new NetworkBuilder(new Shape(3, 4))
        .Linear("a", 3).Tanh().Linear("b", 2, bias: false).Gelu().Linear("c", 2).Flatten().Linear("head", 3).SoftmaxLoss().Build();

    /// <summary>Products of values, slices and turned dimensions, a softmax along each axis and a normalisation over two dimensions.</summary>
    public static Network Products() => new NetworkBuilder(new Shape(2, 3))
        .Linear("a", 4).As("a").From("input").Linear("b", 4).Softmax(0).Product("a").As("p")
        .LayerNormalization("n", 2, epsilon: 0.1).MatrixProduct("p", transposeSecond: true).CausalMask().Softmax(1).MatrixProduct("a")
        .Sum("p").Transpose(1, 0).Slice(0, 1, 3).As("q").Product("q").Flatten().Linear("c", 3).SoftmaxLoss().Build();

    /// <summary>
    /// A decoder of tokens: embedding and positions, blocks of attention and a perceptron behind layer normalisations, and logits for each position.
    /// </summary>
    public static Network Transformer(int vocabulary, int length, int width, int heads, int layers, bool tied = false)
    {
        NetworkBuilder network = new NetworkBuilder(new Shape(length)).Embedding("tokens", vocabulary, width).Positions("positions");
        for (int i = 0; i < layers; i++)
        {
            network.As($"{i}.in").LayerNormalization($"blocks.{i}.ln1").CausalSelfAttention($"blocks.{i}.attn", heads).Sum($"{i}.in").As($"{i}.middle")
                .LayerNormalization($"blocks.{i}.ln2").Linear($"blocks.{i}.mlp.fc1", 2 * width).Gelu().Linear($"blocks.{i}.mlp.fc2", width)
                .Sum($"{i}.middle");
        }

        network.LayerNormalization("ln").Linear("head", vocabulary).SoftmaxLoss();
        return (tied ? network.Tie("head.weight", "tokens.weight") : network).Build();
    }

    /// <summary>
    /// Weights and biases that several layers share, two and three of them, in a chain and in branches, beside layers of their own and a head.
    /// </summary>
    public static Network Ties() => new NetworkBuilder(new Shape(4)).Linear("free", 4)
        .Tanh().As("in").Linear("a", 4).Tanh().Linear("b", 4).Gelu().As("chain")
        .From("in").Linear("c", 4).Scale("s").Silu().Scale("t").Sum("chain").Linear("d", 3).Bias("e").SoftmaxLoss()
        .Tie("b.weight", "a.weight").Tie("c.weight", "b.weight").Tie("c.bias", "free.bias").Tie("t.weight", "s.weight").Tie("e.bias", "d.bias").Build();

    /// <summary>A regression whose target has two elements.</summary>
    public static Network Regression(SquaredMean mean) => new NetworkBuilder(new Shape(4)).Linear("a", 3).Tanh().Linear("b", 2).MeanSquaredLoss(mean).Build();
}
