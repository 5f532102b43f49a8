using BasinVolume.Onnx.Layers;

namespace BasinVolume.Onnx.Translators;

/// <summary>Means over dimensions of a sample.</summary>
internal static class Means
{
    public static object GlobalAveragePool(NodeContext at)
    {
        Value x = at.Value(0);
        return x.Dims.Count > 1
            ? at.Add(new MeanPart([.. Enumerable.Range(1, x.Dims.Count - 1)], Keep: true), x)
            : throw at.Node.Refusal($"on samples of shape {x.Shape}, expected images [channels, height, width]");
    }

    // Axes are an attribute until version 18, and an input since.
    public static object ReduceMean(NodeContext at)
    {
        Value x = at.Value(0);
        long[]? axes = at.Node.Opset < 18 ? at.Node.Integers("axes") : at.Integers(1);
        bool keep = at.Node.Integer("keepdims", 1) != 0, none = at.Node.Opset >= 18 && at.Node.Integer("noop_with_empty_axes", 0) != 0;
        if (axes is not { Length: > 0 })
            return none ? x : throw at.Node.Refusal("over all axes, so that samples depend on each other");
        int[] own = [.. axes.Select(axis => at.Axis(axis, x)).Distinct().Order()];
        return at.Add(new MeanPart(own, keep), x);
    }
}
