using BasinVolume.Onnx.Layers;

namespace BasinVolume.Onnx.Rewriting;

/// <summary>
/// A file of a framework that keeps channels last begins with an exchange of axes, from [height, width, channels] to [channels, height, width]. Data here has
/// channels first, so the exchange is taken off and samples go in as they are.
/// </summary>
internal static class ChannelsFirst
{
    private static readonly int[] Exchange = [2, 0, 1];

    /// <summary>The output without that exchange; null where the network does not begin with it.</summary>
    public static Value? Of(Value output)
    {
        IReadOnlyList<Value> all = Rewriter.Ordered(output);
        Value input = all.Single(value => value.Layer is null);
        Value[] users = [.. all.Where(value => value.Inputs.Contains(input))];
        if (users.Length == 0 || !Array.TrueForAll(users, user => user.Layer is TransposeLayer { Axes: var axes } && axes.SequenceEqual(Exchange)))
            return null;
        var exchanged = new Value(Node: null, Layer: null, [], users[0].Dims);
        return Rewriter.Apply(output, (value, _) => value.Inputs.Contains(input) ? exchanged : null);
    }
}
