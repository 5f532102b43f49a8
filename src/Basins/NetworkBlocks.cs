using System.Collections.Immutable;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Curvature.Groups;

namespace BasinVolume.Basins;

/// <summary>Tensors of a network as groups of its parameters, chosen by name: what a block of a Hessian is made of.</summary>
public static class NetworkBlocks
{
    /// <summary>The groups of some tensors, in the network's order.</summary>
    /// <param name="network">The network.</param>
    /// <param name="names">
    /// Names of tensors, such as "fc1.weight", or of layers, "fc1", for all tensors whose name begins with it and a dot.
    /// </param>
    /// <exception cref="NetworkException">There is no name, or the network has no tensor of a name.</exception>
    public static ImmutableArray<ParameterGroup> Of(Network network, IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(names);
        if (names.Count == 0)
            throw new NetworkException($"No tensor is named for the block; name some of {All(network)}.");
        foreach (string name in names)
        {
            if (!network.Parameters.Any(parameter => IsNamed(parameter, name)))
                throw new NetworkException($"The network has no tensor '{name}', nor a layer of that name; it has {All(network)}.");
        }

        return
        [
            .. network.Parameters.Where(parameter => names.Any(name => IsNamed(parameter, name)))
                .Select(parameter => new ParameterGroup(parameter.Name, parameter.Offset, parameter.Size)),
        ];
    }

    private static bool IsNamed(Parameter parameter, string name)
        => parameter.Name == name || (name.Length > 0 && parameter.Name.StartsWith(name + ".", StringComparison.Ordinal));

    private static string All(Network network) => string.Join(", ", network.Parameters.Select(parameter => parameter.Name));
}
