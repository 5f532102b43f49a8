using System.Collections.Immutable;

namespace BasinVolume.Autodiff.Networks;

/// <summary>An operator in a network. Values are numbered: 0 is the network's input, i + 1 the output of node i.</summary>
/// <param name="Operator">What is computed.</param>
/// <param name="Inputs">The numbers of the values that it takes, each computed by an earlier node.</param>
public sealed record Node(Operator Operator, ImmutableArray<int> Inputs);
