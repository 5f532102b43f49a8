using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Operators;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Pointwise;

namespace BasinVolume.Autodiff.Descriptions;

/// <summary>The layers that can be described.</summary>
internal static class Layers
{
    /// <summary>By their names in a description.</summary>
    public static OrderedDictionary<string, Type> Types { get; } = new(StringComparer.Ordinal)
    {
        ["convolution"] = typeof(ConvolutionLayer),
        ["linear"] = typeof(LinearLayer),
        ["bias"] = typeof(BiasLayer),
        ["scale"] = typeof(ScaleLayer),
        [Relu.Name] = typeof(PointwiseLayer<Relu>),
        [LeakyRelu.Name] = typeof(PointwiseLayer<LeakyRelu>),
        [Tanh.Name] = typeof(PointwiseLayer<Tanh>),
        [Sigmoid.Name] = typeof(PointwiseLayer<Sigmoid>),
        [Softplus.Name] = typeof(PointwiseLayer<Softplus>),
        [Silu.Name] = typeof(PointwiseLayer<Silu>),
        [Gelu.Name] = typeof(PointwiseLayer<Gelu>),
        [GeluTanh.Name] = typeof(PointwiseLayer<GeluTanh>),
        [Elu.Name] = typeof(PointwiseLayer<Elu>),
        ["max-pool"] = typeof(MaxPoolLayer),
        ["average-pool"] = typeof(AveragePoolLayer),
        ["global-average-pool"] = typeof(GlobalAveragePoolLayer),
        ["affine"] = typeof(AffineLayer),
        ["batch-normalization"] = typeof(BatchNormalizationLayer),
        ["flatten"] = typeof(FlattenLayer),
        ["reshape"] = typeof(ReshapeLayer),
        ["sum"] = typeof(SumLayer),
        ["concatenation"] = typeof(ConcatenationLayer),
        ["product"] = typeof(ProductLayer),
        ["matrix-product"] = typeof(MatrixProductLayer),
        ["transpose"] = typeof(TransposeLayer),
        ["slice"] = typeof(SliceLayer),
        ["softmax"] = typeof(SoftmaxLayer),
        ["causal-mask"] = typeof(CausalMaskLayer),
        ["layer-normalization"] = typeof(LayerNormalizationLayer),
        ["embedding"] = typeof(EmbeddingLayer),
        ["positions"] = typeof(PositionsLayer),
        ["unused"] = typeof(UnusedLayer),
        ["softmax-loss"] = typeof(SoftmaxLossLayer),
        ["mean-squared-loss"] = typeof(MeanSquaredLossLayer),
        ["binary-cross-entropy-loss"] = typeof(BinaryCrossEntropyLossLayer),
    };
}

internal sealed record ConvolutionLayer : Layer
{
    public required string Name { get; init; }

    public required int Channels { get; init; }

    public required SideNumbers Kernel { get; init; }

    public SideNumbers Stride { get; init; } = new(1);

    public SideNumbers Padding { get; init; } = new(0);

    public SideNumbers Dilation { get; init; } = new(1);

    public int Groups { get; init; } = 1;

    public bool Bias { get; init; } = true;

    protected override void Add(NetworkBuilder network)
    {
        (Window rows, Window columns) = SideNumbers.Windows(("kernel", Kernel), Stride, Padding, Dilation);
        network.Convolution(Name, Channels, rows, columns, Groups, Bias);
    }
}

internal sealed record LinearLayer : Layer
{
    public required string Name { get; init; }

    public required int Outputs { get; init; }

    public bool Bias { get; init; } = true;

    protected override void Add(NetworkBuilder network) => network.Linear(Name, Outputs, Bias);
}

internal sealed record BiasLayer : Layer
{
    public required string Name { get; init; }

    protected override void Add(NetworkBuilder network) => network.Bias(Name);
}

internal sealed record ScaleLayer : Layer
{
    public required string Name { get; init; }

    protected override void Add(NetworkBuilder network) => network.Scale(Name);
}

internal sealed record UnusedLayer : Layer
{
    public required string Name { get; init; }

    public required int[] Shape { get; init; }

    protected override void Add(NetworkBuilder network) => network.Unused(Name, new Shape(Shape));
}

internal sealed record MaxPoolLayer : Layer
{
    public required SideNumbers Size { get; init; }

    public SideNumbers? Stride { get; init; }

    public SideNumbers Padding { get; init; } = new(0);

    public SideNumbers Dilation { get; init; } = new(1);

    public bool Ceil { get; init; }

    protected override void Add(NetworkBuilder network)
    {
        (Window rows, Window columns) = SideNumbers.Windows(("size", Size), Stride, Padding, Dilation);
        network.MaxPool(rows with { Ceil = Ceil }, columns with { Ceil = Ceil });
    }
}

internal sealed record AveragePoolLayer : Layer
{
    public required SideNumbers Size { get; init; }

    public SideNumbers? Stride { get; init; }

    public SideNumbers Padding { get; init; } = new(0);

    public bool Ceil { get; init; }

    public bool CountPadding { get; init; } = true;

    protected override void Add(NetworkBuilder network)
    {
        (Window rows, Window columns) = SideNumbers.Windows(("size", Size), Stride, Padding, new(1));
        network.AveragePool(rows with { Ceil = Ceil }, columns with { Ceil = Ceil }, CountPadding);
    }
}

internal sealed record GlobalAveragePoolLayer : Layer
{
    protected override void Add(NetworkBuilder network) => network.GlobalAveragePool();
}

internal sealed record AffineLayer : Layer
{
    public DescribedConstant? Scale { get; init; }

    public DescribedConstant? Shift { get; init; }

    protected override void Add(NetworkBuilder network) => network.Affine(Scale?.Tensor, Shift?.Tensor);
}

internal sealed record BatchNormalizationLayer : Layer
{
    public required string Name { get; init; }

    public double Epsilon { get; init; } = 1e-5;

    protected override void Add(NetworkBuilder network) => network.BatchNormalization(Name, Epsilon);
}

internal sealed record FlattenLayer : Layer
{
    protected override void Add(NetworkBuilder network) => network.Flatten();
}

internal sealed record ReshapeLayer : Layer
{
    public required int[] Shape { get; init; }

    protected override void Add(NetworkBuilder network) => network.Reshape(new Shape(Shape));
}

internal sealed record SumLayer : Layer
{
    public required string[] With { get; init; }

    protected override void Add(NetworkBuilder network) => network.Sum(Named(With));
}

internal sealed record ConcatenationLayer : Layer
{
    public required string[] With { get; init; }

    protected override void Add(NetworkBuilder network) => network.Concatenation(Named(With));
}

internal sealed record ProductLayer : Layer
{
    public required string[] With { get; init; }

    protected override void Add(NetworkBuilder network) => network.Product(Named(With));
}

internal sealed record MatrixProductLayer : Layer
{
    public required string With { get; init; }

    public bool TransposeFirst { get; init; }

    public bool TransposeSecond { get; init; }

    public double Factor { get; init; } = 1;

    protected override void Add(NetworkBuilder network) => network.MatrixProduct(With, TransposeFirst, TransposeSecond, Factor);
}

internal sealed record TransposeLayer : Layer
{
    public required int[] Axes { get; init; }

    protected override void Add(NetworkBuilder network) => network.Transpose(Axes);
}

internal sealed record SliceLayer : Layer
{
    public required int Axis { get; init; }

    public required int First { get; init; }

    public required int Count { get; init; }

    protected override void Add(NetworkBuilder network) => network.Slice(Axis, First, Count);
}

internal sealed record SoftmaxLayer : Layer
{
    public required int Axis { get; init; }

    protected override void Add(NetworkBuilder network) => network.Softmax(Axis);
}

internal sealed record CausalMaskLayer : Layer
{
    protected override void Add(NetworkBuilder network) => network.CausalMask();
}

internal sealed record LayerNormalizationLayer : Layer
{
    public required string Name { get; init; }

    public int Dimensions { get; init; } = 1;

    public double Epsilon { get; init; } = 1e-5;

    public bool Weight { get; init; } = true;

    public bool Bias { get; init; } = true;

    protected override void Add(NetworkBuilder network) => network.LayerNormalization(Name, Dimensions, Epsilon, Weight, Bias);
}

internal sealed record EmbeddingLayer : Layer
{
    public required string Name { get; init; }

    public required int Vocabulary { get; init; }

    public required int Width { get; init; }

    protected override void Add(NetworkBuilder network) => network.Embedding(Name, Vocabulary, Width);
}

internal sealed record PositionsLayer : Layer
{
    public required string Name { get; init; }

    protected override void Add(NetworkBuilder network) => network.Positions(Name);
}

internal sealed record PointwiseLayer<TFunction> : Layer
    where TFunction : struct, IPointwise
{
    protected override void Add(NetworkBuilder network) => network.Pointwise<TFunction>();
}

internal sealed record SoftmaxLossLayer : Layer
{
    protected override void Add(NetworkBuilder network) => network.SoftmaxLoss();
}

internal sealed record BinaryCrossEntropyLossLayer : Layer
{
    protected override void Add(NetworkBuilder network) => network.BinaryCrossEntropyLoss();
}

internal sealed record MeanSquaredLossLayer : Layer
{
    public string Mean { get; init; } = "elements";

    protected override void Add(NetworkBuilder network) => network.MeanSquaredLoss(Mean switch
    {
        "elements" => SquaredMean.OverElements,
        "samples" => SquaredMean.OverSamples,
        _ => throw new NetworkException($"'mean' must be \"elements\" or \"samples\"; got \"{Mean}\"."),
    });
}
