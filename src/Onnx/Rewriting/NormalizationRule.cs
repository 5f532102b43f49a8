using BasinVolume.Onnx.Layers;
using BasinVolume.Onnx.Values;

namespace BasinVolume.Onnx.Rewriting;

/// <summary>
/// A layer normalisation from its parts, over the last dimensions, with ⟨·⟩ their mean, and the weight and bias that act behind it:
/// <code>
/// d / √(⟨d²⟩ + ε) ⊙ weight + bias        d = x − ⟨x⟩
/// </code>
/// </summary>
internal static class NormalizationRule
{
    /// <summary>The rule.</summary>
    public static Value? Apply(Value value, IReadOnlyList<int> uses) => value.Layer switch
    {
        QuotientPart => Whole(value),
        TimesPart { Constant: { Origin: not null } weight } when Behind(value, uses, weight) is { Weight: null, Bias: null } normalization
            => With(value, normalization with { Weight = weight }),
        PlusPart { Constant: { Origin: not null } bias } when Behind(value, uses, bias) is { Bias: null } normalization
            => With(value, normalization with { Bias = bias }),
        _ => null,
    };

    private static Value? Whole(Value value)
    {
        if (value.Inputs[0] is not { Layer: DifferencePart, Inputs: [var x, { Layer: MeanPart { Keep: true } mean, Inputs: [var averaged] }] } difference
            || averaged != x || !mean.Axes.SequenceEqual(Enumerable.Range(x.Dims.Count - mean.Axes.Count, mean.Axes.Count)))
            return null;
        if (value.Inputs[1] is not { Layer: PowerPart { Exponent: 0.5 }, Inputs: [{ Layer: PlusPart { Constant.Single: { } epsilon } } shifted] })
            return null;
        return shifted.Inputs[0] is { Layer: MeanPart second, Inputs: [var square] } && second.Equals(mean) && IsSquare(square, difference)
            ? Value.Of(value.Node!, new LayerNormalizationLayer(Weight: null, Bias: null, mean.Axes.Count, Meant(epsilon)), x)
            : null;
    }

    private static bool IsSquare(Value square, Value difference)
        => Factors.Of(square) is { Number: 1, Values: [var a, var b] } && IsSame(a, difference) && IsSame(b, difference);

    // Some exporters write the difference twice.
    private static bool IsSame(Value one, Value other)
        => one == other || (one.Layer is DifferencePart && one.Inputs[0] == other.Inputs[0] && IsSameMean(one.Inputs[1], other.Inputs[1]));

    private static bool IsSameMean(Value one, Value other)
        => one == other || (one.Layer is MeanPart mean && mean.Equals(other.Layer) && one.Inputs[0] == other.Inputs[0]);

    private static LayerNormalizationLayer? Behind(Value value, IReadOnlyList<int> uses, Reals constant)
        => uses[0] == 1 && value.Inputs[0].Layer is LayerNormalizationLayer normalization
            && constant.Dims.SequenceEqual(value.Dims.Skip(value.Dims.Count - normalization.Dimensions))
            ? normalization
            : null;

    private static Value With(Value value, LayerNormalizationLayer normalization)
        => Value.Of(value.Node!, normalization, value.Inputs[0].Inputs[0]);

    // As an attribute's: in a file of float32 it is the nearest to the decimal that is meant.
    private static double Meant(double epsilon) => epsilon == (float)epsilon
        ? double.Parse(((float)epsilon).ToString("R", System.Globalization.CultureInfo.InvariantCulture), System.Globalization.CultureInfo.InvariantCulture)
        : epsilon;
}
