using System.Collections.Immutable;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Operators;

namespace BasinVolume.Autodiff.Identities;

/// <summary>A linear layer that ends straight in a softmax loss: o = W x̂ + β, the end of most classifiers.</summary>
/// <param name="Features">The number of the value x̂.</param>
/// <param name="Layer">The layer.</param>
/// <param name="Weight">W, [C, F].</param>
/// <param name="Bias">β, [C]; null if there is none.</param>
internal sealed record SoftmaxHead(int Features, Linear Layer, Parameter Weight, Parameter? Bias)
{
    /// <summary>Why identities of such a head do not apply where there is none.</summary>
    public const string Missing = "the network does not end in a linear layer of its own weights straight before a softmax loss";

    /// <summary>F.</summary>
    public int FeatureCount => Layer.InputCount;

    /// <summary>C.</summary>
    public int Classes => Layer.OutputCount;

    /// <summary>Elements of W and β.</summary>
    public int Size => Weight.Size + (Bias?.Size ?? 0);

    /// <summary>The head of a network; null if it has none.</summary>
    public static SoftmaxHead? Of(Network network)
    {
        int node = network.OutputValue - 1;
        if (network.Loss is not SoftmaxLoss || node < 0 || network.Nodes[node].Operator is not Linear layer
            || layer.RowCount != network.Loss.LabelsPerSample || network.HasTies(node))
            return null;
        ImmutableArray<Parameter> tensors = network.ParametersOfNodes[node];
        return new(network.Nodes[node].Inputs[0], layer, tensors[0], tensors.Length > 1 ? tensors[1] : null);
    }

    /// <summary>The places of W[:, j] for each feature j.</summary>
    public IEnumerable<ImmutableArray<int>> Columns()
        => Enumerable.Range(0, FeatureCount).Select(j => Enumerable.Range(0, Classes).Select(c => Weight.Offset + (c * FeatureCount) + j).ToImmutableArray());

    /// <summary>The sets of places to which the same number can be added without a change of any softmax: W[:, j] for each feature, and β.</summary>
    public ImmutableArray<ImmutableArray<int>> Shifts()
        => Bias is null ? [.. Columns()] : [.. Columns(), [.. Enumerable.Range(Bias.Offset, Bias.Size)]];

    /// <summary>The head's part of a vector over all parameters: β lies right behind W.</summary>
    public Span<double> Part(Span<double> vector) => vector.Slice(Weight.Offset, Size);
}
