using BasinVolume.Autodiff;
using BasinVolume.Kernels;

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
