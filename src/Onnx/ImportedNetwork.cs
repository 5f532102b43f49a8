using System.Collections.Immutable;
using BasinVolume.Autodiff.Networks;

namespace BasinVolume.Onnx;

/// <summary>A parameter tensor of a network that was read, and the initialiser of the file that it is.</summary>
/// <param name="Name">What the parameter is called.</param>
/// <param name="Source">What the initialiser is called; empty for a constant without a name.</param>
/// <param name="Change">How its elements lie now, as "transposed"; null where they lie as in the file.</param>
public sealed record ImportedTensor(string Name, string Source, string? Change);

/// <summary>A network that was read from an ONNX file, with its weights.</summary>
/// <param name="Network">The network, ending in a loss.</param>
/// <param name="Weights">All its parameters in its order, in double; the file's numbers are kept as they are.</param>
/// <param name="Tensors">Where each parameter tensor comes from, in the network's order.</param>
/// <param name="Notes">What was taken off, folded, transposed or left out: for a person, a sentence each.</param>
public sealed record ImportedNetwork(Network Network, double[] Weights, ImmutableArray<ImportedTensor> Tensors, ImmutableArray<string> Notes);
