using BasinVolume.Onnx.Layers;
using BasinVolume.Onnx.Values;

namespace BasinVolume.Onnx.Translators;

/// <summary>Normalisations in evaluation.</summary>
internal static class Normalizations
{
    public static object BatchNormalization(NodeContext at)
    {
        at.Node.Ignore("momentum");
        if (at.Node.Integer("training_mode", 0) != 0)
            throw at.Node.Refusal("in training mode, in which samples depend on each other", "export the network in evaluation mode, model.eval()");
        if (at.Node.Integer("spatial", 1) != 1)
            throw at.Node.Refusal("with spatial 0, which is not taken");
        Value x = at.Value(0);
        double epsilon = at.Node.Real("epsilon", 1e-5);
        Reals[] tensors = [.. Enumerable.Range(1, 4).Select(at.Reals)];
        if (x.Dims.Count == 0 || Array.Exists(tensors, tensor => !tensor.Dims.SequenceEqual([x.Dims[0]])))
            throw at.Node.Refusal($"of samples of shape {x.Shape} with tensors of other sizes than its channels", "export it again");
        return new object?[] { at.Add(new BatchNormalizationLayer(tensors[0], tensors[1], tensors[2], tensors[3], epsilon), x), null };
    }

    public static object LayerNormalization(NodeContext at)
    {
        Value x = at.Value(0);
        at.Node.Ignore("stash_type");
        int axis = at.Axis(at.Node.Integer("axis", -1), x);
        double epsilon = at.Node.Real("epsilon", 1e-5);
        Reals weight = at.Reals(1);
        Reals? bias = at.OptionalReals(2);
        int[] last = [.. x.Dims.Skip(axis)];
        if (!weight.Dims.SequenceEqual(last) || bias?.Dims.SequenceEqual(last) == false)
            throw at.Node.Refusal($"of samples of shape {x.Shape} from axis {axis + 1} on with tensors of other shapes", "export it again");
        return new object?[] { at.Add(new LayerNormalizationLayer(weight, bias, last.Length, epsilon), x), null };
    }
}
