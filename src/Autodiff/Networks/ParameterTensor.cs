namespace BasinVolume.Autodiff.Networks;

/// <summary>A parameter tensor as its operator declares it.</summary>
/// <param name="Name">As in PyTorch's state_dict: "conv1.weight".</param>
/// <param name="Shape">As in PyTorch: [out, in, height, width] for a convolution, [out, in] for a linear layer, [out] for a bias.</param>
/// <param name="InitialValue">Where training starts: the value of all elements, as in PyTorch; null where they are drawn at random around 0.</param>
public sealed record ParameterTensor(string Name, Shape Shape, double? InitialValue);
