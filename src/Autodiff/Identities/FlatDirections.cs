using System.Collections.Immutable;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Kernels;

namespace BasinVolume.Autodiff.Identities;

/// <summary>Adding the same number to all parameters of a set leaves the loss as it is.</summary>
/// <param name="Name">Why, in words: "softmax shift of fc2".</param>
/// <param name="Sets">Places in the vector of all parameters; no place stands in two sets.</param>
public sealed record SharedShift(string Name, ImmutableArray<ImmutableArray<int>> Sets);

/// <summary>Parameters that the loss does not feel, each by itself.</summary>
/// <param name="Name">Why, in words: "dead features of fc2".</param>
/// <param name="Places">Places in the vector of all parameters.</param>
public sealed record UnfeltParameters(string Name, ImmutableArray<int> Places);

/// <summary>
/// Directions d along which a loss is flat, so that H d = 0 whatever H was rounded to. Two kinds:
/// <code>
/// softmax(o + t 1) = softmax(o), so for a linear layer o = W x̂ + β straight before a softmax loss
///     d = 1 on W[:, j] of every class, for each of F features, and d = 1 on β:  F + 1 directions, from the graph;
/// g_i = 0 and H_i· = 0 to the last bit: nothing but zeros was multiplied and added there,
///     so no sample reaches parameter i:                                         from the derivatives.
/// </code>
/// That H_i· = 0 is seen from products H v with some directions: all of them are 0 at i. The rows of H itself are its products with the coordinates; of
/// directions that are drawn from a continuous distribution a few suffice, as a row that is not zero is orthogonal to one of them with probability 0.
/// Of the second kind a feature of that layer that no sample has makes C parameters W[:, j] unfelt; what else is unfelt stands together (the weights of a dead
/// unit, or of a pixel that is always 0).
/// </summary>
/// <param name="Shifts">The first kind; empty where the network has no such layer.</param>
/// <param name="Unfelt">The second kind; empty where every parameter is felt.</param>
public sealed record FlatDirections(ImmutableArray<SharedShift> Shifts, ImmutableArray<UnfeltParameters> Unfelt)
{
    /// <summary>The flat directions of a network's loss, which must have no penalty in it: a penalty feels every parameter.</summary>
    /// <param name="network">The network.</param>
    /// <param name="products">[V, n]: H times each of V directions, the coordinates (so that this is H) or a few random ones.</param>
    /// <param name="gradient">g, [n].</param>
    /// <exception cref="ArgumentException">The products or g are not of the network's order.</exception>
    public static FlatDirections Of(Network network, Matrix products, ReadOnlySpan<double> gradient)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(products);
        int n = network.ParameterCount;
        if (products.Columns != n || gradient.Length != n)
            throw new ArgumentException(
                $"A network of {n} parameters has products of {n} elements each and a gradient of {n}; got {products.Rows} x {products.Columns} and "
                + $"{gradient.Length}.", nameof(products));
        SoftmaxHead? head = SoftmaxHead.Of(network);
        ImmutableArray<SharedShift> shifts = head is null ? [] : [new($"softmax shift of {head.Layer.Name}", head.Shifts())];
        HashSet<int> unfelt = [.. FindUnfelt(products, gradient)];
        int[] dead = head is null ? [] : [.. head.Columns().Where(set => set.All(unfelt.Contains)).SelectMany(set => set).Order()];
        int[] others = [.. unfelt.Except(dead).Order()];
        var kinds = ImmutableArray.CreateBuilder<UnfeltParameters>();
        if (dead.Length > 0)
            kinds.Add(new($"dead features of {head!.Layer.Name}", [.. dead]));
        if (others.Length > 0)
            kinds.Add(new("unused parameters", [.. others]));
        return new(shifts, kinds.ToImmutable());
    }

    // Each product leaves of the coordinates those at which it is 0.
    private static List<int> FindUnfelt(Matrix products, ReadOnlySpan<double> gradient)
    {
        var left = new List<int>();
        for (int i = 0; i < gradient.Length; i++)
        {
            if (gradient[i] == 0)
                left.Add(i);
        }

        for (int v = 0; v < products.Rows; v++)
        {
            int row = v;
            left.RemoveAll(i => products[row, i] != 0);
        }

        return left;
    }
}
