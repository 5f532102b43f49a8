using BasinVolume.Autodiff.Networks;

namespace BasinVolume.Autodiff.Plans;

/// <summary>
/// Which values' tangents take the place of those of their operator's first input, or the other way round in a reverse pass: of an operator that acts in
/// place, where nobody else needs the input's.
/// </summary>
internal static class InPlace
{
    /// <summary>Whether a value's lie where its operator's input's do.</summary>
    /// <param name="network">The network.</param>
    /// <param name="value">The value.</param>
    /// <param name="values">Which values have any.</param>
    public static bool LiesAtInput(Network network, int value, bool[] values)
    {
        if (value == 0 || !values[value] || !network.Nodes[value - 1].Operator.ActsInPlace)
            return false;
        int input = network.Nodes[value - 1].Inputs[0];
        return values[input] && network.Nodes.Sum(node => node.Inputs.Count(each => each == input)) == 1;
    }

    /// <summary>The value in whose place a value's lie; itself where they have a place of their own.</summary>
    /// <param name="network">The network.</param>
    /// <param name="value">The value.</param>
    /// <param name="values">Which values have any.</param>
    public static int OwnerOf(Network network, int value, bool[] values)
    {
        while (LiesAtInput(network, value, values))
            value = network.Nodes[value - 1].Inputs[0];
        return value;
    }
}
