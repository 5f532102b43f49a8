using BasinVolume.Autodiff.Networks;

namespace BasinVolume.Autodiff.Plans;

/// <summary>
/// Which values a derivative reaches; everything else is zero or not wanted, and is not in the plan. Answers are per value:
/// 0 the input, i + 1 the output of node i.
/// </summary>
internal static class Reach
{
    /// <summary>Values that change when the parameters of the starting nodes do.</summary>
    public static bool[] Tangents(Network network, Func<int, bool> starts)
    {
        var reached = new bool[network.Values.Length];
        for (int n = 0; n < network.Nodes.Length; n++)
            reached[n + 1] = starts(n) || network.Nodes[n].Inputs.Any(value => reached[value]);
        return reached;
    }

    /// <summary>
    /// Values whose adjoint is needed for the parameters of nodes <paramref name="first"/> and later: those that depend on such parameters.
    /// The loss's own value is not among them: its adjoint is 1.
    /// </summary>
    public static bool[] Adjoints(Network network, int first)
    {
        bool[] reached = Tangents(network, n => n >= first && HasParameters(network, n));
        reached[^1] = false;
        return reached;
    }

    /// <summary>Whether a node owns parameters.</summary>
    public static bool HasParameters(Network network, int node) => network.Nodes[node].Operator.Parameters.Count > 0;

    /// <summary>The nodes whose reverse pass has something to give, last first.</summary>
    public static int[] ReverseNodes(Network network, bool[] adjoints, int first)
        => [.. Enumerable.Range(first, network.Nodes.Length - first)
            .Where(n => HasParameters(network, n) || network.Nodes[n].Inputs.Any(value => adjoints[value]))
            .Reverse()];
}
