using System.Collections.Immutable;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Interop;

namespace BasinVolume.Report.Runs;

/// <summary>The names and shapes of a network's tensors, as files of them are read and written.</summary>
public static class NetworkTensors
{
    /// <summary>All of them, in the network's order.</summary>
    public static ImmutableArray<TensorShape> Of(Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return [.. network.Parameters.Select(
            parameter => new TensorShape(parameter.Name, parameter.Shape.Dimensions) { Copies = [.. Copies(network, parameter)] })];
    }

    /// <summary>All of them with a vector of their elements, and once more under each name that is tied to one: what other programs load.</summary>
    /// <param name="network">The network.</param>
    /// <param name="values">All n elements in the network's order.</param>
    public static (ImmutableArray<TensorShape> Tensors, double[] Values) WithCopies(Network network, double[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        ImmutableArray<TensorShape> own = Of(network);
        IEnumerable<TensorShape> copies = network.TiedUses.Select(use => new TensorShape(NameOf(network, use), use.Parameter.Shape.Dimensions));
        IEnumerable<double> again = network.TiedUses.SelectMany(use => values.AsSpan(use.Parameter.Offset, use.Parameter.Size).ToArray());
        return ([.. own, .. copies], [.. values, .. again]);
    }

    private static IEnumerable<string> Copies(Network network, Parameter parameter)
        => network.TiedUses.Where(use => use.Parameter == parameter).Select(use => NameOf(network, use));

    private static string NameOf(Network network, TiedUse use) => network.Nodes[use.Node].Operator.Parameters[use.Number].Name;
}
