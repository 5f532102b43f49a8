using BasinVolume.Autodiff;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Onnx.Values;

namespace BasinVolume.Onnx.Layers;

/// <summary>A parameter tensor of a layer.</summary>
/// <param name="Suffix">What its name ends with, after the layer's: "weight".</param>
/// <param name="Values">Its elements, as the engine has them.</param>
internal sealed record LayerTensor(string Suffix, Reals Values);

/// <summary>A step of a network as it is read: one of the engine's layers with its weights, or a part of one that a file has in pieces.</summary>
internal abstract record Layer
{
    /// <summary>Its parameters, in the engine's order.</summary>
    public virtual IReadOnlyList<LayerTensor> Tensors => [];

    /// <summary>The shape of a sample's output.</summary>
    /// <param name="inputs">The shapes of a sample's inputs.</param>
    /// <exception cref="NetworkException">The layer does not take such.</exception>
    public virtual IReadOnlyList<int> Output(IReadOnlyList<IReadOnlyList<int>> inputs)
    {
        var network = new NetworkBuilder(ShapeOf(inputs[0]));
        AddTo(network, "layer", [.. inputs.Skip(1).Select(_ => NetworkBuilder.InputName)]);
        return network.Current.Dimensions;
    }

    /// <summary>Adds it to a network.</summary>
    /// <param name="network">The network, whose current value is the first input.</param>
    /// <param name="name">What the layer is called.</param>
    /// <param name="others">What the other inputs are called.</param>
    public abstract void AddTo(NetworkBuilder network, string name, string[] others);

    /// <summary>A shape as the engine has it, where a single number is a list of one.</summary>
    public static Shape ShapeOf(IReadOnlyList<int> dims) => dims.Count == 0 ? new(1) : new([.. dims]);
}
