using BasinVolume.Onnx.Layers;

namespace BasinVolume.Onnx.Rewriting;

/// <summary>
/// Two changes of order, one after the other, are one or none. Exporters of frameworks that keep channels last write them around every layer that has channels
/// first.
/// </summary>
internal static class TransposeRule
{
    /// <summary>The rule.</summary>
    public static Value? Apply(Value value, IReadOnlyList<int> uses)
    {
        if (value.Layer is not TransposeLayer outer || value.Inputs[0].Layer is not TransposeLayer inner)
            return null;
        int[] axes = [.. outer.Axes.Select(axis => inner.Axes[axis])];
        Value x = value.Inputs[0].Inputs[0];
        return axes.SequenceEqual(Enumerable.Range(0, axes.Length)) ? x : Value.Of(value.Node!, new TransposeLayer(axes), x);
    }
}
