using BasinVolume.Autodiff;
using BasinVolume.Kernels;
using BasinVolume.Onnx.Values;

namespace BasinVolume.Onnx.Layers;

/// <summary>How windows lie on an image.</summary>
/// <param name="Rows">Over its rows.</param>
/// <param name="Columns">Over its columns.</param>
internal sealed record Windows(Window Rows, Window Columns);

/// <summary>A convolution.</summary>
/// <param name="Weight">[channels, in / groups, kernel rows, kernel columns].</param>
/// <param name="Bias">[channels]; null for none.</param>
/// <param name="Windows">How the kernel lies on the image.</param>
/// <param name="Groups">In how many groups channels are.</param>
internal sealed record ConvolutionLayer(Reals Weight, Reals? Bias, Windows Windows, int Groups) : Layer
{
    public override IReadOnlyList<LayerTensor> Tensors => Bias is null ? [new("weight", Weight)] : [new("weight", Weight), new("bias", Bias)];

    public override void AddTo(NetworkBuilder network, string name, string[] others)
        => network.Convolution(name, Weight.Dims[0], Windows.Rows, Windows.Columns, Groups, Bias is not null);
}

/// <summary>The largest element of each window.</summary>
/// <param name="Windows">How the windows lie.</param>
internal sealed record MaxPoolLayer(Windows Windows) : Layer
{
    public override void AddTo(NetworkBuilder network, string name, string[] others) => network.MaxPool(Windows.Rows, Windows.Columns);
}

/// <summary>The mean of each window.</summary>
/// <param name="Windows">How the windows lie.</param>
/// <param name="CountPadding">Whether the padding counts, as zeros.</param>
internal sealed record AveragePoolLayer(Windows Windows, bool CountPadding) : Layer
{
    public override void AddTo(NetworkBuilder network, string name, string[] others) => network.AveragePool(Windows.Rows, Windows.Columns, CountPadding);
}

/// <summary>The mean over all dimensions but the first.</summary>
internal sealed record GlobalAveragePoolLayer : Layer
{
    public override void AddTo(NetworkBuilder network, string name, string[] others) => network.GlobalAveragePool();
}
