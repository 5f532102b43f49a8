using BasinVolume.Autodiff;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Kernels;
using BasinVolume.Onnx.Values;

namespace BasinVolume.Onnx.Layers;

/// <summary>A function of one variable, element by element.</summary>
/// <typeparam name="TFunction">The function.</typeparam>
internal sealed record PointwiseLayer<TFunction> : Layer
    where TFunction : struct, IPointwise
{
    public override void AddTo(NetworkBuilder network, string name, string[] others) => network.Pointwise<TFunction>();
}

/// <summary>The same elements under another shape.</summary>
/// <param name="Dims">The new shape of a sample.</param>
internal sealed record ReshapeLayer(IReadOnlyList<int> Dims) : Layer
{
    public override IReadOnlyList<int> Output(IReadOnlyList<IReadOnlyList<int>> inputs) => Dims;

    public override void AddTo(NetworkBuilder network, string name, string[] others)
    {
        if (!network.Current.Equals(ShapeOf(Dims)))
            network.Reshape(ShapeOf(Dims));
    }
}

/// <summary>scale ⊙ x + shift with constants.</summary>
/// <param name="Factors">The scale, broadcast; null for 1.</param>
/// <param name="Shifts">The shift, broadcast; null for 0.</param>
internal sealed record AffineLayer(Reals? Factors, Reals? Shifts) : Layer
{
    public override void AddTo(NetworkBuilder network, string name, string[] others) => network.Affine(Tensor(Factors), Tensor(Shifts));

    private static ConstantTensor? Tensor(Reals? reals)
        => reals is null ? null : new(reals.Dims.Count == 0 ? null : ShapeOf(reals.Dims), [.. reals.Numbers]);
}

/// <summary>A sample's dimensions in another order.</summary>
/// <param name="Axes">Which dimension comes first, second, ….</param>
internal sealed record TransposeLayer(IReadOnlyList<int> Axes) : Layer
{
    public override void AddTo(NetworkBuilder network, string name, string[] others) => network.Transpose([.. Axes]);
}

/// <summary>Some indices of one dimension.</summary>
/// <param name="Axis">The dimension.</param>
/// <param name="First">The first index.</param>
/// <param name="Count">How many.</param>
internal sealed record SliceLayer(int Axis, int First, int Count) : Layer
{
    public override void AddTo(NetworkBuilder network, string name, string[] others) => network.Slice(Axis, First, Count);
}

/// <summary>Values of one shape, multiplied element by element.</summary>
internal sealed record ProductLayer : Layer
{
    public override void AddTo(NetworkBuilder network, string name, string[] others) => network.Product(others);
}

/// <summary>Two values multiplied as matrices in their last two dimensions.</summary>
/// <param name="TransposesFirst">Whether those of the first are exchanged before.</param>
/// <param name="TransposesSecond">Whether those of the second are.</param>
/// <param name="Factor">What the product is multiplied by.</param>
internal sealed record MatrixProductLayer(bool TransposesFirst, bool TransposesSecond, double Factor) : Layer
{
    public override IReadOnlyList<int> Output(IReadOnlyList<IReadOnlyList<int>> inputs)
        => [.. inputs[0].SkipLast(2), inputs[0][TransposesFirst ? ^1 : ^2], inputs[1][TransposesSecond ? ^2 : ^1]];

    public override void AddTo(NetworkBuilder network, string name, string[] others)
        => network.MatrixProduct(others[0], TransposesFirst, TransposesSecond, Factor);
}

/// <summary>−∞ above the diagonal of the last two dimensions.</summary>
internal sealed record CausalMaskLayer : Layer
{
    public override void AddTo(NetworkBuilder network, string name, string[] others) => network.CausalMask();
}

/// <summary>Values of one shape, added.</summary>
internal sealed record SumLayer : Layer
{
    public override void AddTo(NetworkBuilder network, string name, string[] others) => network.Sum(others);
}

/// <summary>Values behind each other along the first dimension.</summary>
internal sealed record ConcatenationLayer : Layer
{
    public override IReadOnlyList<int> Output(IReadOnlyList<IReadOnlyList<int>> inputs) => [inputs.Sum(dims => dims[0]), .. inputs[0].Skip(1)];

    public override void AddTo(NetworkBuilder network, string name, string[] others) => network.Concatenation(others);
}
