using BasinVolume.Autodiff;
using BasinVolume.Onnx.Values;

namespace BasinVolume.Onnx.Layers;

/// <summary>A convolution.</summary>
/// <param name="Weight">[channels, in / groups, kernel rows, kernel columns].</param>
/// <param name="Bias">[channels]; null for none.</param>
/// <param name="Window">How its windows lie.</param>
/// <param name="Groups">In how many groups channels are.</param>
internal sealed record ConvolutionLayer(Reals Weight, Reals? Bias, Window Window, int Groups) : Layer
{
    public override IReadOnlyList<LayerTensor> Tensors => Bias is null ? [new("weight", Weight)] : [new("weight", Weight), new("bias", Bias)];

    public override void AddTo(NetworkBuilder network, string name, string[] others)
    {
        (int kernel, int stride, int padding, int dilation) = Window.Square();
        if (Groups != 1)
            throw new Autodiff.Networks.NetworkException($"{Groups} groups");
        network.Convolution(name, Weight.Dims[0], kernel, stride, padding, dilation, Bias is not null);
    }
}

/// <summary>The largest element of each window.</summary>
internal sealed record MaxPoolLayer(Window Window, bool Ceiling) : Layer
{
    public override void AddTo(NetworkBuilder network, string name, string[] others)
    {
        (int kernel, int stride, int padding, _) = Window.Square();
        network.MaxPool(kernel, stride, padding);
    }
}

/// <summary>The mean of each window.</summary>
internal sealed record AveragePoolLayer(Window Window, bool Ceiling, bool CountPadding) : Layer
{
    public override void AddTo(NetworkBuilder network, string name, string[] others)
    {
        (int kernel, int stride, int padding, _) = Window.Square();
        network.AveragePool(kernel, stride, padding);
    }
}
