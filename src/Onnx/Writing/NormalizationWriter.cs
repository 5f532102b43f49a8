using System.Collections.Immutable;
using System.Globalization;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Operators;

namespace BasinVolume.Onnx.Writing;

/// <summary>
/// A normalisation, its weight and its bias are three operators of the engine and one of ONNX. The one is written where it says exactly the same: its ε is a
/// float that stands for the shortest decimal which it is nearest to.
/// </summary>
internal static class NormalizationWriter
{
    /// <summary>The last node of a normalisation that begins with one; that one itself where none does.</summary>
    public static int LastOf(ImmutableArray<Node> nodes, int[] uses, int first)
    {
        if (first + 2 >= nodes.Length || !Follows(first + 1) || !Follows(first + 2))
            return first;
        if (nodes[first + 1].Operator is not Scale scale || nodes[first + 2].Operator is not Bias bias)
            return first;
        ImmutableArray<int> one = scale.Parameters[0].Shape.Dimensions;
        bool isWhole = nodes[first].Operator switch
        {
            FixedStandardization batch => IsDecimal(batch.Epsilon) && scale.Rows == 1 && bias.Rows == 1 && one.SequenceEqual(batch.Output.Dimensions[..1]),
            RowStandardization layer => IsDecimal(layer.Epsilon) && one.SequenceEqual(layer.Output.Dimensions[^layer.Dimensions..]),
            _ => false,
        };
        return isWhole && bias.Parameters[0].Shape.Equals(scale.Parameters[0].Shape) ? first + 2 : first;

        bool Follows(int node) => nodes[node].Inputs is [var input] && input == node && uses[node] == 1;
    }

    /// <summary>Writes the three as one.</summary>
    /// <param name="writer">Takes the nodes.</param>
    /// <param name="first">The first of the three.</param>
    /// <param name="names">What weight and bias are called.</param>
    /// <param name="input">The name of its input.</param>
    public static string Write(GraphWriter writer, Operator first, string[] names, string input)
    {
        if (first is FixedStandardization batch)
        {
            string mean = writer.Constant([batch.Buffers[0].Values.Length], batch.Buffers[0].Values.AsSpan());
            string variance = writer.Constant([batch.Buffers[1].Values.Length], batch.Buffers[1].Values.AsSpan());
            return writer.Node("BatchNormalization", [input, .. names, mean, variance], ("epsilon", batch.Epsilon));
        }

        var layer = (RowStandardization)first;
        return writer.Node("LayerNormalization", [input, .. names], ("axis", -layer.Dimensions), ("epsilon", layer.Epsilon));
    }

    private static bool IsDecimal(double epsilon)
        => double.Parse(((float)epsilon).ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) == epsilon;
}
