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
