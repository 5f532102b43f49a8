using BasinVolume.Autodiff;
using BasinVolume.Onnx.Values;

namespace BasinVolume.Onnx.Layers;

/// <summary>A linear layer on the last dimension.</summary>
/// <param name="Weight">[outputs, inputs].</param>
/// <param name="Bias">[outputs]; null for none.</param>
internal sealed record LinearLayer(Reals Weight, Reals? Bias) : Layer
{
    public override IReadOnlyList<LayerTensor> Tensors => Bias is null ? [new("weight", Weight)] : [new("weight", Weight), new("bias", Bias)];

    public override void AddTo(NetworkBuilder network, string name, string[] others) => network.Linear(name, Weight.Dims[0], Bias is not null);
}

/// <summary>A batch normalisation in evaluation: the statistics are constants, γ and β are parameters.</summary>
/// <param name="Weight">γ, [channels].</param>
/// <param name="Bias">β, [channels].</param>
/// <param name="Mean">[channels].</param>
/// <param name="Variance">[channels].</param>
/// <param name="Epsilon">ε.</param>
internal sealed record BatchNormalizationLayer(Reals Weight, Reals Bias, Reals Mean, Reals Variance, double Epsilon) : Layer
{
    public override IReadOnlyList<LayerTensor> Tensors => [new("weight", Weight), new("bias", Bias)];

    public override void AddTo(NetworkBuilder network, string name, string[] others)
        => network.BatchNormalization(name, Epsilon, [.. Mean.Numbers], [.. Variance.Numbers]);
}

/// <summary>A layer normalisation over the last dimensions.</summary>
/// <param name="Weight">Of the shape of these dimensions; null for none.</param>
/// <param name="Bias">Likewise.</param>
/// <param name="Dimensions">How many of the last dimensions.</param>
/// <param name="Epsilon">ε.</param>
internal sealed record LayerNormalizationLayer(Reals? Weight, Reals? Bias, int Dimensions, double Epsilon) : Layer
{
    public override IReadOnlyList<LayerTensor> Tensors
        => [.. Weight is null ? [] : new LayerTensor[] { new("weight", Weight) }, .. Bias is null ? [] : new LayerTensor[] { new("bias", Bias) }];

    public override void AddTo(NetworkBuilder network, string name, string[] others)
        => network.LayerNormalization(name, Dimensions, Epsilon, Weight is not null, Bias is not null);
}

/// <summary>A row of a table for each token.</summary>
/// <param name="Table">[vocabulary, width].</param>
internal sealed record EmbeddingLayer(Reals Table) : Layer
{
    public override IReadOnlyList<LayerTensor> Tensors => [new("weight", Table)];

    public override void AddTo(NetworkBuilder network, string name, string[] others) => network.Embedding(name, Table.Dims[0], Table.Dims[1]);
}

/// <summary>A parameter of the shape of a sample, added.</summary>
/// <param name="Weight">Of that shape.</param>
internal sealed record PositionsLayer(Reals Weight) : Layer
{
    public override IReadOnlyList<LayerTensor> Tensors => [new("weight", Weight)];

    public override void AddTo(NetworkBuilder network, string name, string[] others) => network.Positions(name);
}

/// <summary>One number added for each channel, the first dimension.</summary>
internal sealed record BiasLayer(Reals Bias) : Layer
{
    public override IReadOnlyList<LayerTensor> Tensors => [new("bias", Bias)];

    public override void AddTo(NetworkBuilder network, string name, string[] others) => network.Bias(name);
}

/// <summary>One factor for each channel, the first dimension.</summary>
internal sealed record ScaleLayer(Reals Weight) : Layer
{
    public override IReadOnlyList<LayerTensor> Tensors => [new("weight", Weight)];

    public override void AddTo(NetworkBuilder network, string name, string[] others) => network.Scale(name);
}
