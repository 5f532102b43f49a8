using System.Collections.Immutable;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Interop;
using BasinVolume.Interop.Weights;

namespace BasinVolume.Basins.Weights;

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
            .. network.Parameters.Select(parameter => new TensorShape(parameter.Name, parameter.Shape.Dimensions) { Copies = [.. Copies(network, parameter)] }),
            .. network.Buffers.Select(buffer => new TensorShape(buffer.Name, buffer.Shape.Dimensions)),
        ];
    }

    /// <summary>
    /// Weights that were trained elsewhere: a file of torch.save, a .safetensors or .npz file, or a folder of .npy files, told apart by what is in them.
    /// </summary>
    /// <param name="network">The network, with tensors called as in the file.</param>
    /// <param name="path">The file or folder.</param>
    /// <param name="key">The part of a file to look into, with points between keys; null to find it.</param>
    /// <returns>The network with the buffers of the file, and all n parameters in its order.</returns>
    /// <exception cref="DataException">
    /// It cannot be read or is in no known format, a tensor is missing, unknown, or has another shape or an element that is not finite.
    /// </exception>
    /// <example>
    /// <code>
    /// TorchCheckpoint.Write&lt;double&gt;("model.pt", NetworkTensors.Of(network), weights);   // as torch.save(model.state_dict(), "model.pt")
    /// (network, weights) = NetworkTensors.Read(network, "model.pt");
    /// </code>
    /// </example>
    public static (Network Network, double[] Weights) Read(Network network, string path, string? key = null)
        => Parted(network, WeightFile.Read(path, Of(network), key).Values, path);

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
    /// <param name="weights">All n parameters in the network's order.</param>
    public static (ImmutableArray<TensorShape> Tensors, double[] Values) WithCopies(Network network, double[] weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        ImmutableArray<TensorShape> own = Of(network);
        IEnumerable<TensorShape> copies = network.TiedUses.Select(use => new TensorShape(NameOf(network, use), use.Parameter.Shape.Dimensions));
        IEnumerable<double> again = network.TiedUses.SelectMany(use => weights.AsSpan(use.Parameter.Offset, use.Parameter.Size).ToArray());
        return ([.. own, .. copies], [.. weights, .. network.Buffers.SelectMany(buffer => buffer.Values), .. again]);
    }

    private static IEnumerable<string> Copies(Network network, Parameter parameter)
        => network.TiedUses.Where(use => use.Parameter == parameter).Select(use => NameOf(network, use));

    private static string NameOf(Network network, TiedUse use) => network.Nodes[use.Node].Operator.Parameters[use.Number].Name;
}
