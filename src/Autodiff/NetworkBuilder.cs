using System.Collections.Immutable;
using BasinVolume.Autodiff.Operators;
using BasinVolume.Kernels;

namespace BasinVolume.Autodiff;

/// <summary>Builds a network layer by layer; each layer takes the output of the one before and its sizes from it.</summary>
public sealed class NetworkBuilder
{
    private readonly Shape _input;
    private readonly ImmutableArray<Node>.Builder _nodes = ImmutableArray.CreateBuilder<Node>();
    private Shape _current;

    /// <summary>A network without layers.</summary>
    /// <param name="input">The shape of one sample, [channels, height, width] for images.</param>
    public NetworkBuilder(Shape input) => _input = _current = input;

    /// <summary>A square two-dimensional convolution with bias: parameters name.weight [channels, in, kernel, kernel] and name.bias [channels].</summary>
    /// <exception cref="NetworkException">The input is not an image, or the kernel does not fit on it.</exception>
    public NetworkBuilder Convolution(string name, int channels, int kernel, int stride = 1, int padding = 0, int dilation = 1)
    {
        (int depth, int height, int width) = Image($"the convolution '{name}'");
        return Add(new Convolution(name, new ConvolutionShape(depth, height, width, channels, kernel, kernel, stride, padding, dilation)));
    }

    /// <summary>max(x, 0), element by element.</summary>
    public NetworkBuilder Relu() => Add(new Relu(_current));

    /// <summary>y = x for x > 0, else x / 100, with derivative 1/100 at exactly 0 as in PyTorch. Element by element.</summary>
    public NetworkBuilder LeakyRelu() => Add(new LeakyRelu(_current));

    /// <summary>y = tanh x. Element by element.</summary>
    public NetworkBuilder Tanh() => Add(new Tanh(_current));

    /// <summary>y = 1 / (1 + e⁻ˣ). Element by element.</summary>
    public NetworkBuilder Sigmoid() => Add(new Sigmoid(_current));

    /// <summary>y = ln(1 + eˣ). Element by element.</summary>
    public NetworkBuilder Softplus() => Add(new Softplus(_current));

    /// <summary>y = x / (1 + e⁻ˣ), also called swish. Element by element.</summary>
    public NetworkBuilder Silu() => Add(new Silu(_current));

    /// <summary>y = x Φ(x) with the normal distribution Φ, by the error function: PyTorch's GELU(). Element by element.</summary>
    public NetworkBuilder Gelu() => Add(new Gelu(_current));

    /// <summary>y = ½ x (1 + tanh(√(2/π) (x + 0.044715 x³))): PyTorch's GELU(approximate='tanh'). Element by element.</summary>
    public NetworkBuilder GeluTanh() => Add(new GeluTanh(_current));

    /// <summary>The largest element of each square window; windows lie side by side and incomplete ones are left out.</summary>
    /// <exception cref="NetworkException">The input is not an image, or smaller than a window.</exception>
    public NetworkBuilder MaxPool(int size)
    {
        (int depth, int height, int width) = Image("max-pool");
        return Add(new MaxPool(new PoolingShape(depth, height, width, size, size)));
    }

    /// <summary>All elements in one dimension, in the order in which they lie.</summary>
    public NetworkBuilder Flatten() => Add(new Flatten(_current));

    /// <summary>A linear layer with bias: parameters name.weight [outputs, inputs] and name.bias [outputs].</summary>
    /// <exception cref="NetworkException">The input has more than one dimension.</exception>
    public NetworkBuilder Linear(string name, int outputs)
    {
        if (_current.Dimensions.Length != 1)
            throw new NetworkException($"The linear layer '{name}' expects one dimension, but its input has shape {_current}; put Flatten() before it.");
        return Add(new Linear(name, _current.Size, outputs));
    }

    /// <summary>The end of a classifier: log-softmax over the outputs and the negative log-likelihood of the label.</summary>
    /// <exception cref="NetworkException">The input has more than one dimension.</exception>
    public NetworkBuilder SoftmaxLoss()
    {
        if (_current.Dimensions.Length != 1)
            throw new NetworkException($"The softmax loss expects one dimension of logits, but its input has shape {_current}; put Flatten() before it.");
        return Add(new SoftmaxLoss(_current.Size));
    }

    /// <summary>The network so far, validated.</summary>
    /// <exception cref="NetworkException">The network does not end in a loss, or a name is used twice.</exception>
    public Network Build() => new(_input, _nodes.ToImmutable());

    private NetworkBuilder Add(Operator @operator)
    {
        // Value i + 1 is the output of node i, so the newest value has the number of nodes as its own.
        _nodes.Add(new Node(@operator, [_nodes.Count]));
        _current = @operator.Output;
        return this;
    }

    private (int Channels, int Height, int Width) Image(string what)
    {
        if (_current.Dimensions.Length != 3)
            throw new NetworkException($"For {what} an image [channels, height, width] is expected, but the input has shape {_current}.");
        return (_current.Dimensions[0], _current.Dimensions[1], _current.Dimensions[2]);
    }
}
