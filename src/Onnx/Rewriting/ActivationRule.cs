using BasinVolume.Kernels.Pointwise;
using BasinVolume.Onnx.Layers;

namespace BasinVolume.Onnx.Rewriting;

/// <summary>
/// Activations from their parts, in whatever order they are multiplied:
/// <code>
/// silu       x · σ(x)
/// gelu       ½ · x · (1 + erf(x / √2))
/// gelu-tanh  ½ · x · (1 + tanh(√(2/π) · (x + 0.044715 · x · x · x)))
/// </code>
/// </summary>
internal static class ActivationRule
{
    /// <summary>The rule.</summary>
    public static Value? Apply(Value value, IReadOnlyList<int> uses)
    {
        if (value.Layer is not (ProductPart or TimesPart { Constant.Single: not null }))
            return null;
        Factors factors = Factors.Of(value);
        if (factors.Values is not [var a, var b])
            return null;
        return Match(value, factors.Number, a, b) ?? Match(value, factors.Number, b, a);
    }

    private static Value? Match(Value value, double number, Value x, Value other) => number switch
    {
        1 when other.Layer is PointwiseLayer<Sigmoid> && other.Inputs[0] == x => Value.Of(value.Node!, new PointwiseLayer<Silu>(), x),
        0.5 when OnePlus(other) is { } inner => inner.Layer switch
        {
            ErfPart when IsTimes(inner.Inputs[0], Math.Sqrt(0.5), x) => Value.Of(value.Node!, new PointwiseLayer<Gelu>(), x),
            PointwiseLayer<Tanh> when IsCubic(inner.Inputs[0], x) => Value.Of(value.Node!, new PointwiseLayer<GeluTanh>(), x),
            _ => null,
        },
        _ => null,
    };

    private static Value? OnePlus(Value value) => value.Layer is PlusPart { Constant.Single: 1 } ? value.Inputs[0] : null;

    private static bool IsTimes(Value value, double number, Value x)
        => Factors.Of(value) is { Values: [var only] } factors && only == x && Factors.AreClose(factors.Number, number);

    // √(2/π) (x + 0.044715 x³), with the outer number before or behind the sum.
    private static bool IsCubic(Value value, Value x)
        => Factors.Of(value) is { Values: [{ Layer: SumLayer, Inputs: [var a, var b] }] } outer
            && Factors.AreClose(outer.Number, Math.Sqrt(2 / Math.PI))
            && ((a == x && IsCube(b, x)) || (b == x && IsCube(a, x)));

    private static bool IsCube(Value value, Value x)
        => Factors.Of(value) is { Values.Count: 3 } cube && cube.Values.All(factor => factor == x) && Factors.AreClose(cube.Number, 0.044715);
}
