using BasinVolume.Autodiff.Networks;

namespace BasinVolume.Autodiff.Identities;

/// <summary>Where in a network derivatives jump: at operators that have edges.</summary>
internal static class Edges
{
    /// <summary>For each element of θ, whether an operator with edges lies behind it, so that moving it can cross one.</summary>
    public static bool[] Behind(Network network)
    {
        // From the loss backwards: whether a value reaches an operator with edges.
        var reaches = new bool[network.Values.Length];
        for (int node = network.Nodes.Length - 1; node >= 0; node--)
        {
            foreach (int value in network.Nodes[node].Inputs)
                reaches[value] |= reaches[node + 1] || network.Nodes[node].Operator.HasEdges;
        }

        var behind = new bool[network.ParameterCount];
        for (int node = 0; node < network.Nodes.Length; node++)
        {
            foreach (Parameter parameter in network.ParametersOfNodes[node])
            {
                if (reaches[node + 1])
                    behind.AsSpan(parameter.Offset, parameter.Size).Fill(true);
            }
        }

        return behind;
    }
}
