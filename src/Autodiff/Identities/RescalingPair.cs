using System.Collections.Immutable;
using BasinVolume.Autodiff.Networks;

namespace BasinVolume.Autodiff.Identities;

/// <summary>Two layers with nothing but positively homogeneous operators between them: what the first is multiplied by, the second can be divided by.</summary>
/// <param name="First">The node of the first layer.</param>
/// <param name="Between">The nodes between them.</param>
/// <param name="Second">The node of the second layer.</param>
internal sealed record RescalingPair(int First, ImmutableArray<int> Between, int Second)
{
    /// <summary>
    /// All pairs of a network. Every value on the way must have one user, or another branch would notice; and so would the other place of a tied tensor.
    /// </summary>
    public static IEnumerable<RescalingPair> Of(Network network)
        => Enumerable.Range(0, network.Nodes.Length)
            .Where(node => network.Nodes[node].Operator.BilinearParameter is not null)
            .Select(node => From(network, node))
            .OfType<RescalingPair>()
            .Where(pair => !pair.Between.Append(pair.First).Append(pair.Second).Any(network.HasTies));

    /// <summary>S: +1 for the parameters of the first layer and of what lies between, −1 for the weight of the second, 0 for all others.</summary>
    public double[] Exponents(Network network)
    {
        var exponents = new double[network.ParameterCount];
        foreach (Parameter parameter in network.Parameters)
        {
            double exponent = parameter.Node == First || Between.Contains(parameter.Node) ? 1
                : parameter.Node == Second && parameter.Number == network.Nodes[Second].Operator.BilinearParameter ? -1 : 0;
            exponents.AsSpan(parameter.Offset, parameter.Size).Fill(exponent);
        }

        return exponents;
    }

    private static RescalingPair? From(Network network, int first)
    {
        var between = ImmutableArray.CreateBuilder<int>();
        for (int value = first + 1; OnlyUser(network, value) is { } user; value = user + 1)
        {
            if (network.Nodes[user].Operator.BilinearParameter is not null)
                return new(first, between.ToImmutable(), user);
            if (!network.Nodes[user].Operator.IsPositivelyHomogeneous)
                return null;
            between.Add(user);
        }

        return null;
    }

    // The node that takes the value and nothing else, if no other node takes it.
    private static int? OnlyUser(Network network, int value)
    {
        int[] users = [.. Enumerable.Range(0, network.Nodes.Length).Where(node => network.Nodes[node].Inputs.Contains(value))];
        return users.Length == 1 && network.Nodes[users[0]].Inputs.Length == 1 ? users[0] : null;
    }
}
