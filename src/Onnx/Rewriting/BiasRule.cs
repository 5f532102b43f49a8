using BasinVolume.Onnx.Layers;
using BasinVolume.Onnx.Values;

namespace BasinVolume.Onnx.Rewriting;

/// <summary>An initialiser that is added to what a linear layer or a convolution gives, and that nothing else sees without it, is the layer's bias.</summary>
internal static class BiasRule
{
    /// <summary>The rule.</summary>
    public static Value? Apply(Value value, IReadOnlyList<int> uses)
    {
        if (value.Layer is not PlusPart { Constant: { Origin: not null } constant } || uses[0] != 1)
            return null;
        Value layer = value.Inputs[0];
        return layer.Layer switch
        {
            LinearLayer { Bias: null } linear when Of(constant, linear.Weight.Dims[0], fromLast: 1) is { } bias
                => new(layer.Node, linear with { Bias = bias }, layer.Inputs, layer.Dims),
            ConvolutionLayer { Bias: null } convolution when Of(constant, convolution.Weight.Dims[0], fromLast: 3) is { } bias
                => new(layer.Node, convolution with { Bias = bias }, layer.Inputs, layer.Dims),
            _ => null,
        };
    }

    // One element for each of that many, along the dimension that is so far from the last.
    private static Reals? Of(Reals constant, int count, int fromLast)
        => constant.Count == count && constant.Dims.Count >= fromLast && constant.Dims[^fromLast] == count ? (Reals)constant.As([count]) : null;
}
