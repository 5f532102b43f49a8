namespace BasinVolume.Autodiff.Networks;

/// <summary>One parameter tensor of a network and its place in the vector of all parameters.</summary>
/// <param name="Name">As in PyTorch's state_dict: "conv1.weight".</param>
/// <param name="Shape">As in PyTorch: [out, in, height, width] for a convolution, [out, in] for a linear layer, [out] for a bias.</param>
/// <param name="Offset">Where the tensor begins in the vector of all parameters.</param>
/// <param name="Node">The node that owns it.</param>
/// <param name="Number">Which of that node's tensors it is, counted from 0.</param>
/// <param name="InitialValue">Where training starts: the value that all elements begin with; null where they are drawn at random around 0.</param>
public sealed record Parameter(string Name, Shape Shape, int Offset, int Node, int Number, double? InitialValue)
{
    /// <summary>Number of elements.</summary>
    public int Size => Shape.Size;

    /// <summary>Name and shape.</summary>
    public override string ToString() => $"{Name} {Shape}";
}
