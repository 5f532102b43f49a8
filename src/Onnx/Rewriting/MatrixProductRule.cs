using BasinVolume.Onnx.Layers;

namespace BasinVolume.Onnx.Rewriting;

/// <summary>A product of matrices takes an exchange of a factor's last two dimensions, and a number that it is multiplied by, upon itself.</summary>
internal static class MatrixProductRule
{
    /// <summary>The rule.</summary>
    public static Value? Apply(Value value, IReadOnlyList<int> uses) => value.Layer switch
    {
        MatrixProductLayer product when IsTurned(value.Inputs[0]) => With(value, product with { TransposesFirst = !product.TransposesFirst }, first: true),
        MatrixProductLayer product when IsTurned(value.Inputs[1]) => With(value, product with { TransposesSecond = !product.TransposesSecond }, first: false),
        TimesPart { Constant.Single: { } factor } when uses[0] == 1 && value.Inputs[0].Layer is MatrixProductLayer product
            => new(value.Node, product with { Factor = factor * product.Factor }, value.Inputs[0].Inputs, value.Dims),
        _ => null,
    };

    // One after the other: the first exchange is gone when the second is looked for.
    private static Value With(Value value, MatrixProductLayer product, bool first)
    {
        Value[] inputs = first ? [value.Inputs[0].Inputs[0], value.Inputs[1]] : [value.Inputs[0], value.Inputs[1].Inputs[0]];
        var turned = new Value(value.Node, product, inputs, value.Dims);
        return Apply(turned, []) ?? turned;
    }

    private static bool IsTurned(Value value)
        => value.Layer is TransposeLayer { Axes: var axes } && axes.SequenceEqual([.. Enumerable.Range(0, axes.Count - 2), axes.Count - 1, axes.Count - 2]);
}
