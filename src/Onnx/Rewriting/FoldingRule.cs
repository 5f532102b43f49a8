using BasinVolume.Onnx.Layers;
using BasinVolume.Onnx.Values;

namespace BasinVolume.Onnx.Rewriting;

/// <summary>
/// A batch normalisation in evaluation behind a layer that nothing else sees is another layer of that kind:
/// <code>
/// γ (W x + b − μ) / √(σ² + ε) + β = (s W) x + (b − μ) s + β        s = γ / √(σ² + ε)
/// </code>
/// The parameters are then s W and (b − μ) s + β, no longer W, b, γ and β, and a Hessian with respect to them is another one.
/// </summary>
/// <param name="notes">Takes what is to be said.</param>
internal sealed class FoldingRule(List<string> notes)
{
    /// <summary>The rule.</summary>
    public Value? Apply(Value value, IReadOnlyList<int> uses)
    {
        if (value.Layer is not BatchNormalizationLayer normalization || uses[0] != 1)
            return null;
        Value layer = value.Inputs[0];
        Layer? folded = layer.Layer switch
        {
            ConvolutionLayer convolution => convolution with
            {
                Weight = Scaled(convolution.Weight, normalization),
                Bias = Shifted(convolution.Weight, convolution.Bias, normalization),
            },
            LinearLayer linear when value.Dims.Count == 1 => linear with
            {
                Weight = Scaled(linear.Weight, normalization),
                Bias = Shifted(linear.Weight, linear.Bias, normalization),
            },
            _ => null,
        };
        if (folded is null)
            return null;
        notes.Add(
            $"the batch normalisation of node '{Kernels.Printable.Name(value.Node!.Name)}' is folded into the layer before it, "
            + "whose weights are other parameters than those that were trained");
        return new(layer.Node, folded, layer.Inputs, layer.Dims);
    }

    private static double Factor(BatchNormalizationLayer normalization, int channel)
        => normalization.Weight.Numbers[channel] / Math.Sqrt(normalization.Variance.Numbers[channel] + normalization.Epsilon);

    private static Reals Scaled(Reals weight, BatchNormalizationLayer normalization)
    {
        int row = weight.Count / weight.Dims[0];
        double[] numbers = [.. weight.Numbers.Select((number, i) => Factor(normalization, i / row) * number)];
        return new(weight.Dims, numbers, weight.Bits) { Origin = Folded(weight.Origin) };
    }

    private static Reals Shifted(Reals weight, Reals? bias, BatchNormalizationLayer normalization)
    {
        int channels = weight.Dims[0];
        double[] numbers = new double[channels];
        for (int c = 0; c < channels; c++)
            numbers[c] = (((bias?.Numbers[c] ?? 0) - normalization.Mean.Numbers[c]) * Factor(normalization, c)) + normalization.Bias.Numbers[c];
        return new([channels], numbers, weight.Bits) { Origin = Folded((bias ?? normalization.Bias).Origin) };
    }

    private static Origin? Folded(Origin? origin) => origin is null ? null : origin with { IsFolded = true };
}
