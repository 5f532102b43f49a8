using System.Collections.Immutable;

namespace BasinVolume.Autodiff.Networks;

/// <summary>Numbers of a network that a checkpoint holds beside the parameters: PyTorch's buffers. They are part of the network, not of the point θ.</summary>
/// <param name="Name">As in PyTorch's state_dict: "bn1.running_mean".</param>
/// <param name="Shape">As in PyTorch: [channels] for the statistics of a batch normalisation.</param>
/// <param name="Values">The numbers.</param>
public sealed record BufferTensor(string Name, Shape Shape, ImmutableArray<double> Values);
