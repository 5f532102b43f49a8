using System.Collections.Immutable;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Interop;

namespace BasinVolume.Report.Runs;

/// <summary>
/// The names and shapes of a network's tensors, as files of them are read and written: first its parameters, then its buffers (the fixed statistics of its
/// normalisations), which are part of the network and not of its weights.
/// </summary>
public static class NetworkTensors
{
    /// <summary>All of them, in the network's order.</summary>
    public static ImmutableArray<TensorShape> Of(Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return
        [
            .. network.Parameters.Select(
                parameter => new TensorShape(parameter.Name, parameter.Shape.Dimensions) { Copies = [.. Copies(network, parameter)] }),
            .. network.Buffers.Select(buffer => new TensorShape(buffer.Name, buffer.Shape.Dimensions)),
        ];
    }

    /// <summary>The elements of all of them.</summary>
    /// <param name="network">The network, with its buffers.</param>
    /// <param name="weights">All n parameters.</param>
    public static double[] Values(Network network, double[] weights)
    {
        ArgumentNullException.ThrowIfNull(network);
        return network.Buffers.IsEmpty ? weights : [.. weights, .. network.Buffers.SelectMany(buffer => buffer.Values)];
    }

    /// <summary>The other way round: all n parameters, and the network with the buffers that stand behind them.</summary>
    /// <param name="network">The network.</param>
    /// <param name="values">The elements of all its tensors.</param>
    /// <param name="source">Where they are from, for errors.</param>
    /// <exception cref="DataException">A buffer has numbers that it cannot have.</exception>
    public static (Network Network, double[] Weights) Parted(Network network, double[] values, string source)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(values);
        if (network.Buffers.IsEmpty)
            return (network, values);
        int place = network.ParameterCount;
        try
        {
            return (network.WithBuffers(buffer => [.. values.AsSpan((place += buffer.Shape.Size) - buffer.Shape.Size, buffer.Shape.Size)]),
                values[..network.ParameterCount]);
        }
        catch (NetworkException e)
        {
            throw new DataException($"{source}: {e.Message}", e);
        }
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
        return ([.. own, .. copies], [.. Values(network, values), .. again]);
    }

    private static IEnumerable<string> Copies(Network network, Parameter parameter)
        => network.TiedUses.Where(use => use.Parameter == parameter).Select(use => NameOf(network, use));

    private static string NameOf(Network network, TiedUse use) => network.Nodes[use.Node].Operator.Parameters[use.Number].Name;
}
