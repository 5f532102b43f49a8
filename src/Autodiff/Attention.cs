using BasinVolume.Autodiff.Networks;

namespace BasinVolume.Autodiff;

/// <summary>Attention of a sequence to itself, put together of a builder's layers.</summary>
public static class Attention
{
    /// <summary>
    /// Causal self-attention with several heads on a value [T, D], each of the T positions a row. One linear layer name.qkv [3D, D] gives queries, keys and
    /// values; with d = D / heads, Q, K, V [T, d] those of one head and −∞ above the diagonal of the scores,
    /// <code>
    /// head = softmax(mask(Q Kᵀ / √d)) V
    /// </code>
    /// and a linear layer name.proj [D, D] takes all heads side by side.
    /// </summary>
    /// <param name="network">The builder; its current value is the sequence.</param>
    /// <param name="name">What the layers' names begin with.</param>
    /// <param name="heads">How many heads, a divisor of D.</param>
    /// <exception cref="NetworkException">The value is no sequence of rows, or D has no such divisor.</exception>
    public static NetworkBuilder CausalSelfAttention(this NetworkBuilder network, string name, int heads)
    {
        ArgumentNullException.ThrowIfNull(network);
        if (network.Current.Dimensions is not [int length, int width] || heads < 1 || width % heads != 0)
            throw new NetworkException(
                $"The attention '{name}' takes a sequence [positions, width] with a width that its {heads} heads divide; got {network.Current}.");
        int each = width / heads;
        string all = $"{name}.all", query = $"{name}.query", key = $"{name}.key", value = $"{name}.value";
        network.Linear($"{name}.qkv", 3 * width).Reshape(new Shape(length, 3, heads, each)).Transpose(1, 2, 0, 3).As(all);
        foreach ((string part, int number) in new[] { (query, 0), (key, 1), (value, 2) })
            network.From(all).Slice(0, number, 1).Reshape(new Shape(heads, length, each)).As(part);
        return network
            .From(query).MatrixProduct(key, transposeSecond: true, factor: 1 / Math.Sqrt(each)).CausalMask().Softmax(2).MatrixProduct(value)
            .Transpose(1, 0, 2).Reshape(new Shape(length, width)).Linear($"{name}.proj", width);
    }
}
