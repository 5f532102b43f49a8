using System.Collections.Immutable;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Operators;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Pointwise;

namespace BasinVolume.Autodiff;

/// <summary>
/// Builds a network layer by layer. A layer takes the current value (the output of the layer before, at first the input) and takes its sizes from it.
/// For branches a value gets a name with
/// <see cref="As"/>; <see cref="From"/> goes back to it, <see cref="Sum"/> and <see cref="Concatenation"/> join it again.
/// </summary>
/// <example>
/// <code>
/// Network mlp = new NetworkBuilder(new Shape(13)).Linear("0", 8).Tanh().Linear("2", 3).SoftmaxLoss().Build();
/// Network images = new NetworkBuilder(new Shape(1, 28, 28))
///     .Convolution("conv1", 8, 3).Relu().MaxPool(2).Flatten().Linear("fc", 10).SoftmaxLoss().Build();
/// </code>
/// </example>
public sealed partial class NetworkBuilder
{
    /// <summary>The name that the network's input has from the beginning.</summary>
    public const string InputName = "input";

    private readonly ImmutableArray<Node>.Builder _nodes = ImmutableArray.CreateBuilder<Node>();
    private readonly List<Shape> _shapes;
    private readonly Dictionary<string, int> _named = new(StringComparer.Ordinal) { [InputName] = 0 };
    private readonly Dictionary<string, string> _tied = new(StringComparer.Ordinal);
    private int _current;

    /// <summary>A network without layers.</summary>
    /// <param name="input">The shape of one sample, [channels, height, width] for images.</param>
    public NetworkBuilder(Shape input) => _shapes = [input];

    /// <summary>The shape of the current value of one sample.</summary>
    public Shape Current => _shapes[_current];

    /// <summary>Gives the current value a name.</summary>
    /// <param name="name">What it is called from here on.</param>
    /// <exception cref="NetworkException">Another value has that name.</exception>
    public NetworkBuilder As(string name)
    {
        if (!_named.TryAdd(name, _current))
            throw new NetworkException($"Two values are called '{name}'; give each a name of its own.");
        return this;
    }

    /// <summary>Makes a named value the current one.</summary>
    /// <param name="name">A name that <see cref="As"/> gave, or <see cref="InputName"/>.</param>
    /// <exception cref="NetworkException">No value has that name.</exception>
    public NetworkBuilder From(string name)
    {
        _current = Named(name);
        return this;
    }

    /// <summary>The current value plus the named ones, element by element.</summary>
    /// <param name="others">Names of values of the same shape as the current one.</param>
    /// <exception cref="NetworkException">No value has one of the names, or the shapes differ.</exception>
    public NetworkBuilder Sum(params ReadOnlySpan<string> others)
    {
        ImmutableArray<int> inputs = WithCurrent(others);
        return Add(new Sum(Current, inputs.Length), inputs);
    }

    /// <summary>The current value and behind it the named ones, along the first dimension (the channels of images).</summary>
    /// <param name="others">Names of values, in the order in which they follow.</param>
    /// <exception cref="NetworkException">No value has one of the names, or the shapes differ in another dimension than the first.</exception>
    public NetworkBuilder Concatenation(params ReadOnlySpan<string> others)
    {
        ImmutableArray<int> inputs = WithCurrent(others);
        return Add(new Concatenation([.. inputs.Select(value => _shapes[value])]), inputs);
    }

    /// <summary>The current value times the named ones, element by element.</summary>
    /// <param name="others">Names of values of the same shape as the current one, which may be among them.</param>
    /// <exception cref="NetworkException">None is named, or no value has one of the names, or the shapes differ.</exception>
    public NetworkBuilder Product(params ReadOnlySpan<string> others)
    {
        if (others.IsEmpty)
            throw new NetworkException("A product needs at least 2 factors; name a value that the current one is multiplied by.");
        foreach (string other in others)
            Add(new Product(Current), [_current, Named(other)]);
        return this;
    }

    /// <summary>
    /// The current value times a named one, as matrices in their last two dimensions, one product for each index of the dimensions before: PyTorch's matmul.
    /// </summary>
    /// <param name="other">The name of the second factor, which may be the current value.</param>
    /// <param name="transposeFirst">Whether the current value's last two dimensions are exchanged before.</param>
    /// <param name="transposeSecond">Whether the other's are.</param>
    /// <param name="factor">A constant that the product is multiplied by.</param>
    /// <exception cref="NetworkException">No value has the name, or the values are no matrices that can be multiplied.</exception>
    public NetworkBuilder MatrixProduct(string other, bool transposeFirst = false, bool transposeSecond = false, double factor = 1)
    {
        int second = Named(other);
        return Add(new MatrixProduct(Current, _shapes[second], transposeFirst, transposeSecond, factor), [_current, second]);
    }

    /// <summary>Softmax along one dimension, a layer like any other; −∞ becomes exactly 0.</summary>
    /// <param name="axis">The dimension, counted from 0 and without the batch.</param>
    /// <exception cref="NetworkException">There is no such dimension.</exception>
    public NetworkBuilder Softmax(int axis)
    {
        Axis.Check("A softmax", Current, axis);
        int last = Current.Dimensions.Length - 1;
        if (axis == last)
            return Add(new Softmax(Current));
        // The dimension and the last one change places, and back.
        int[] exchanged = [.. Enumerable.Range(0, last + 1)];
        (exchanged[axis], exchanged[last]) = (last, axis);
        return Transpose(exchanged).Softmax(last).Transpose(exchanged);
    }

    /// <summary>Adds −∞ above the diagonal of the last two dimensions, so that a softmax behind it takes no later position into account.</summary>
    /// <exception cref="NetworkException">The current value has one dimension.</exception>
    public NetworkBuilder CausalMask() => Add(new CausalMask(Current));

    /// <summary>
    /// PyTorch's LayerNorm over the last dimensions: (x − μ)/√(σ² + ε) with their mean and variance, times a weight and plus a bias of their shape:
    /// parameters name.weight and name.bias, 1 and 0 at first.
    /// </summary>
    /// <param name="name">What the layer is called, as in PyTorch's state_dict.</param>
    /// <param name="dimensions">How many of the last dimensions.</param>
    /// <param name="epsilon">ε, at least 0.</param>
    /// <param name="weight">Whether there is a weight.</param>
    /// <param name="bias">Whether there is a bias.</param>
    /// <exception cref="NetworkException">There are not so many dimensions, or ε is no such number.</exception>
    public NetworkBuilder LayerNormalization(string name, int dimensions = 1, double epsilon = 1e-5, bool weight = true, bool bias = true)
    {
        Add(new RowStandardization(Current, dimensions, epsilon));
        if (weight)
            Add(Operators.Scale.OnLast(name, Current, dimensions));
        return bias ? Add(Operators.Bias.OnLast(name, Current, dimensions)) : this;
    }

    /// <summary>
    /// A row of a table for each token of the input, which holds them as whole numbers: PyTorch's Embedding, parameter name.weight [vocabulary, width].
    /// The width becomes the last dimension.
    /// </summary>
    /// <param name="name">What the layer is called, as in PyTorch's state_dict.</param>
    /// <param name="vocabulary">How many tokens there are, numbered from 0; samples with others are refused.</param>
    /// <param name="width">Elements of a row, at least 1.</param>
    /// <exception cref="NetworkException">A size is not possible.</exception>
    public NetworkBuilder Embedding(string name, int vocabulary, int width) => Add(new Embedding(name, Current, vocabulary, width));

    /// <summary>Adds a parameter of the current value's shape, name.weight: the learned positions of a sequence.</summary>
    /// <param name="name">What the layer is called, as in PyTorch's state_dict.</param>
    public NetworkBuilder Positions(string name) => Add(Operators.Bias.Positions(name, Current));

    /// <summary>The same elements with the dimensions in another order, as PyTorch's permute.</summary>
    /// <param name="axes">Which dimension, counted from 0 and without the batch, comes first, second, …; each once.</param>
    /// <exception cref="NetworkException">They are not the current value's dimensions, each once.</exception>
    public NetworkBuilder Transpose(params ReadOnlySpan<int> axes) => Add(new Transpose(Current, [.. axes]));

    /// <summary>A part of the current value: some indices of one dimension, and all of the others.</summary>
    /// <param name="axis">The dimension, counted from 0 and without the batch.</param>
    /// <param name="first">The first index that is kept.</param>
    /// <param name="count">How many are kept, at least 1.</param>
    /// <exception cref="NetworkException">There is no such dimension, or no such part of it.</exception>
    public NetworkBuilder Slice(int axis, int first, int count) => Add(new Slice(Current, axis, first, count));

    /// <summary>y = f(x), element by element, for any function of one variable with two derivatives.</summary>
    /// <typeparam name="TFunction">f.</typeparam>
    public NetworkBuilder Pointwise<TFunction>()
        where TFunction : struct, IPointwise
        => Add(new Pointwise<TFunction>(Current));

    /// <summary>max(x, 0), element by element.</summary>
    public NetworkBuilder Relu() => Pointwise<Relu>();

    /// <summary>y = x for x > 0, else x / 100, with derivative 1/100 at exactly 0 as in PyTorch. Element by element.</summary>
    public NetworkBuilder LeakyRelu() => Pointwise<LeakyRelu>();

    /// <summary>y = tanh x. Element by element.</summary>
    public NetworkBuilder Tanh() => Pointwise<Tanh>();

    /// <summary>y = 1 / (1 + e⁻ˣ). Element by element.</summary>
    public NetworkBuilder Sigmoid() => Pointwise<Sigmoid>();

    /// <summary>y = ln(1 + eˣ). Element by element.</summary>
    public NetworkBuilder Softplus() => Pointwise<Softplus>();

    /// <summary>y = x / (1 + e⁻ˣ), also called swish. Element by element.</summary>
    public NetworkBuilder Silu() => Pointwise<Silu>();

    /// <summary>y = x Φ(x) with the normal distribution Φ, by the error function: PyTorch's GELU(). Element by element.</summary>
    public NetworkBuilder Gelu() => Pointwise<Gelu>();

    /// <summary>y = ½ x (1 + tanh(√(2/π) (x + 0.044715 x³))): PyTorch's GELU(approximate='tanh'). Element by element.</summary>
    public NetworkBuilder GeluTanh() => Pointwise<GeluTanh>();

    /// <summary>y = x for x > 0, else eˣ − 1: PyTorch's ELU(). Element by element.</summary>
    public NetworkBuilder Elu() => Pointwise<Elu>();

    /// <summary>scale ⊙ x + shift with constants that are no parameters, repeated over a sample's elements as NumPy broadcasts.</summary>
    /// <param name="scale">What is multiplied; 1 if left out.</param>
    /// <param name="shift">What is added; 0 if left out. It may be infinite, for no derivative has it.</param>
    /// <exception cref="NetworkException">A constant's shape does not meet the current one, or has a number in it that is not possible.</exception>
    public NetworkBuilder Affine(ConstantTensor? scale = null, ConstantTensor? shift = null) => Add(new Affine(Current, scale, shift));

    /// <summary>
    /// A batch normalisation in evaluation, whose mean and variance for each channel (the first dimension) do not change:
    /// (x − mean) / √(variance + ε) · weight + bias. Parameters name.weight and name.bias, which begin with 1 and 0; buffers name.running_mean and
    /// name.running_var, which <see cref="Network.WithBuffers"/> replaces.
    /// </summary>
    /// <param name="name">What the layer is called, as in PyTorch's state_dict.</param>
    /// <param name="epsilon">ε, more than 0.</param>
    /// <param name="mean">The means; zeros, as those of a new layer in PyTorch, if left out.</param>
    /// <param name="variance">The variances; ones, likewise, if left out.</param>
    /// <exception cref="NetworkException">There is not one mean and variance for each channel, or one is not finite or below 0.</exception>
    public NetworkBuilder BatchNormalization(
        string name, double epsilon = 1e-5, ImmutableArray<double>? mean = null, ImmutableArray<double>? variance = null)
    {
        int channels = Current.Dimensions[0];
        Add(new FixedStandardization(
            name, Current, mean ?? [.. Enumerable.Repeat(0.0, channels)], variance ?? [.. Enumerable.Repeat(1.0, channels)], epsilon));
        return Scale(name).Bias(name);
    }

    /// <summary>All elements in one dimension, in the order in which they lie.</summary>
    public NetworkBuilder Flatten() => Reshape(new Shape(Current.Size));

    /// <summary>The same elements, in the order in which they lie, under another shape.</summary>
    /// <param name="shape">The new shape, with as many elements as the current one.</param>
    /// <exception cref="NetworkException">The shape has another number of elements.</exception>
    public NetworkBuilder Reshape(Shape shape) => Add(new Reshape(Current, shape));

    /// <summary>
    /// A linear layer on the last dimension, each row for itself: parameters name.weight [outputs, inputs] and, with a bias, name.bias [outputs].
    /// An image has to be flattened first if all of it is one row.
    /// </summary>
    /// <param name="name">What the layer is called, as in PyTorch's state_dict.</param>
    /// <param name="outputs">Elements of the output's last dimension, at least 1.</param>
    /// <param name="bias">Whether each output has a bias.</param>
    /// <exception cref="NetworkException">There are no outputs.</exception>
    public NetworkBuilder Linear(string name, int outputs, bool bias = true) => Add(new Linear(name, Current, outputs, bias));

    /// <summary>x + b with one element of b for each channel (the first dimension): parameter name.bias.</summary>
    /// <param name="name">What the layer is called, as in PyTorch's state_dict.</param>
    public NetworkBuilder Bias(string name) => Add(new Bias(name, Current));

    /// <summary>w ⊙ x with one element of w for each channel (the first dimension): parameter name.weight.</summary>
    /// <param name="name">What the layer is called, as in PyTorch's state_dict.</param>
    public NetworkBuilder Scale(string name) => Add(new Scale(name, Current));

    /// <summary>
    /// Declares a parameter tensor that the loss does not depend on, so that it has its place among the parameters; the current value passes unchanged.
    /// </summary>
    /// <param name="name">The tensor's full name.</param>
    /// <param name="tensor">Its shape.</param>
    public NetworkBuilder Unused(string name, Shape tensor) => Add(new Unused(name, tensor, Current));

    /// <summary>
    /// The end of a classifier: log-softmax over the outputs and the negative log-likelihood of the label.
    /// Logits of two dimensions [T, classes] take T labels a sample, one for each row, and the loss is the mean over rows.
    /// </summary>
    /// <exception cref="NetworkException">The input has more than two dimensions.</exception>
    public NetworkBuilder SoftmaxLoss()
    {
        if (Current.Dimensions.Length > 2)
            throw new NetworkException(
                $"The softmax loss expects one dimension of logits, or rows of them, but its input has shape {Current}; put Flatten() before it.");
        int classes = Current.Dimensions[^1], positions = Current.Size / classes;
        // One row is the only one.
        return (Current.Dimensions.Length == 2 && positions == 1 ? Flatten() : this).Add(new SoftmaxLoss(classes, positions));
    }

    /// <summary>The end of a regression: the squared distance to the target.</summary>
    /// <param name="mean">What the squares are averaged over; all elements, as in PyTorch, if left out.</param>
    public NetworkBuilder MeanSquaredLoss(SquaredMean mean = SquaredMean.OverElements) => Add(new MeanSquaredLoss(Current, mean));

    /// <summary>
    /// The end of yes-or-no questions, one for each output: the binary cross-entropy of logits with targets between 0 and 1, averaged over the outputs as
    /// PyTorch's BCEWithLogitsLoss.
    /// </summary>
    public NetworkBuilder BinaryCrossEntropyLoss() => Add(new BinaryCrossEntropyLoss(Current));

    /// <summary>
    /// Makes two tensors one, as a decoder's head and its embedding: the network has the earlier one alone, and derivatives are with respect to it.
    /// </summary>
    /// <param name="tensor">The full name of a layer's tensor, such as head.weight.</param>
    /// <param name="sameAs">The full name of the tensor that it is, of a layer before and of the same shape, such as tokens.weight.</param>
    /// <exception cref="NetworkException">The tensor is tied already.</exception>
    public NetworkBuilder Tie(string tensor, string sameAs)
    {
        if (!_tied.TryAdd(tensor, sameAs))
            throw new NetworkException($"'{Printable.Name(tensor)}' is tied already, to '{Printable.Name(_tied[tensor])}'; tie it once.");
        return this;
    }

    /// <summary>The network so far, validated.</summary>
    /// <exception cref="NetworkException">
    /// The network does not end in a loss, a value is never used, a tensor is tied to what it cannot be, or a parameter's name is used twice.
    /// </exception>
    public Network Build() => new(_shapes[0], _nodes.ToImmutable(), _tied);

    private NetworkBuilder Add(Operator @operator) => Add(@operator, [_current]);

    private NetworkBuilder Add(Operator @operator, ImmutableArray<int> inputs)
    {
        _nodes.Add(new Node(@operator, inputs));
        _shapes.Add(@operator.Output);
        _current = _nodes.Count;
        return this;
    }

    private ImmutableArray<int> WithCurrent(ReadOnlySpan<string> others)
    {
        var inputs = ImmutableArray.CreateBuilder<int>();
        inputs.Add(_current);
        foreach (string name in others)
            inputs.Add(Named(name));
        return inputs.ToImmutable();
    }

    private int Named(string name)
    {
        if (_named.TryGetValue(name, out int value))
            return value;
        throw new NetworkException(
            $"No value is called '{Printable.Name(name)}'; there are {Printable.List(_named.Keys.Select(known => $"'{known}'"))}. "
            + $"Name a value before it is used.");
    }
}
