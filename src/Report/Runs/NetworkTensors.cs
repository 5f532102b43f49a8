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
        return [.. network.Parameters.Select(parameter => new TensorShape(parameter.Name, parameter.Shape.Dimensions))];
    }
}
