using BasinVolume.Autodiff.Networks;

namespace BasinVolume.Autodiff.Identities;

/// <summary>The layers behind which a network is piecewise linear up to its loss.</summary>
internal static class PiecewiseLinearLayers
{
    /// <summary>
    /// The nodes of layers that are linear in their own parameters, which are taken nowhere else, and have only piecewise linear operators behind them,
    /// ascending.
    /// </summary>
    public static IEnumerable<int> Of(Network network)
    {
        // From the loss backwards: whether every operator that a value reaches, except the loss, is piecewise linear.
        var clear = new bool[network.Values.Length];
        Array.Fill(clear, true);
        for (int node = network.Nodes.Length - 2; node >= 0; node--)
        {
            bool passes = clear[node + 1] && network.Nodes[node].Operator.IsPiecewiseLinear;
            foreach (int value in network.Nodes[node].Inputs)
                clear[value] &= passes;
        }

        return network.Parameters.Select(parameter => parameter.Node).Distinct().Where(
            node => clear[node + 1] && network.Nodes[node].Operator.IsPiecewiseLinear && !network.HasTies(node));
    }

    /// <summary>
    /// The most negative eigenvalues that H can have; null where nothing is known. On the parameters of one such layer H is the Gauss–Newton matrix (see
    /// <see cref="GaussNewtonBlocks"/>), which is positive semidefinite where the loss is convex in the output, and a matrix that is so on a subspace of
    /// dimension m has at most n − m negative eigenvalues.
    /// </summary>
    public static int? MostNegativeEigenvalues(Network network)
    {
        int largest = Of(network).Select(node => SizeOf(network, node)).DefaultIfEmpty(0).Max();
        return largest == 0 ? null : network.ParameterCount - largest;
    }

    /// <summary>Elements of a node's parameters.</summary>
    public static int SizeOf(Network network, int node) => network.Parameters.Where(parameter => parameter.Node == node).Sum(parameter => parameter.Size);
}
