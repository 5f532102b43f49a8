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
public sealed record ImportedNetwork(Network Network, double[] Weights, ImmutableArray<ImportedTensor> Tensors, ImmutableArray<string> Notes)
{
    /// <summary>The network, for a person.</summary>
    public override string ToString() => Network.ToString();

    /// <summary>The shape of a sample as the file has it: [height, width, channels] where its first step puts channels first, which is taken off.</summary>
    public Shape FileInput { get; init; } = Network.Input;

    /// <summary>What the file ends in and the loss has already: Softmax, LogSoftmax or Sigmoid; null for nothing.</summary>
    public string? TakenOff { get; init; }

    /// <summary>The bits of the coarsest of its weights in the file: 16, 32 or 64.</summary>
    public int Bits { get; init; } = 64;
}
