using BasinVolume.Autodiff.Networks;

namespace BasinVolume.Autodiff.Plans;

/// <summary>
/// Which values' tangents take the place of those of their operator's first input, or the other way round in a reverse pass: of an operator that acts in
/// place, where nobody else needs the input's.
/// </summary>
internal static class InPlace
{
    /// <summary>For each value the one in whose place its own lie; itself where they have a place of their own, or are not there.</summary>
    /// <param name="network">The network.</param>
    /// <param name="values">Which values have any.</param>
    public static int[] OwnersOf(Network network, bool[] values)
    {
        int[] uses = UsesOf(network), owners = [.. Enumerable.Range(0, values.Length)];
        for (int value = 1; value < values.Length; value++)
        {
            Node node = network.Nodes[value - 1];
            if (values[value] && node.Operator.ActsInPlace && values[node.Inputs[0]] && uses[node.Inputs[0]] == 1)
                owners[value] = owners[node.Inputs[0]];
        }

        return owners;
    }

    // A node that takes a value twice uses it twice.
    private static int[] UsesOf(Network network)
    {
        var uses = new int[network.Values.Length];
        foreach (int value in network.Nodes.SelectMany(node => node.Inputs))
            uses[value]++;
        return uses;
    }
}
