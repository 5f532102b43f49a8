using BasinVolume.Onnx.Layers;

namespace BasinVolume.Onnx.Rewriting;

/// <summary>Two changes of shape, one after the other, are one or none.</summary>
internal static class ReshapeRule
{
    /// <summary>The rule.</summary>
    public static Value? Apply(Value value, IReadOnlyList<int> uses)
    {
        if (value.Layer is not ReshapeLayer || value.Inputs[0] is not { Layer: ReshapeLayer, Inputs: [var x] })
            return null;
        return x.Dims.SequenceEqual(value.Dims) ? x : new(value.Node, value.Layer, [x], value.Dims);
    }
}
