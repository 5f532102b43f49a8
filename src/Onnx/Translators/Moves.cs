using BasinVolume.Onnx.Layers;
using BasinVolume.Onnx.Values;

namespace BasinVolume.Onnx.Translators;

/// <summary>Elements in another order.</summary>
internal static class Moves
{
    /// <summary>The axes of a sample in another order.</summary>
    /// <param name="at">The node.</param>
    /// <param name="x">The value.</param>
    /// <param name="axes">Which axis of it stands where.</param>
    public static Value Transposed(NodeContext at, Value x, int[] axes)
    {
        int[] dims = [.. axes.Select(axis => x.Dims[axis])];
        int[] wide = [.. axes.Where(axis => x.Dims[axis] != 1)];
        // Where only axes of size 1 change places no element does.
        if (wide.SequenceEqual(wide.Order()))
            return at.Add(new ReshapeLayer(dims), x);
        throw at.Node.Refusal($"with perm [0, {string.Join(", ", axes.Select(axis => axis + 1))}] on samples of shape {x.Shape}");
    }

    public static object Concat(NodeContext at)
    {
        Value[] values = [.. Enumerable.Range(0, at.Count).Select(at.Value)];
        int axis = at.Axis(at.Node.Integer("axis", 0), values[0]);
        if (!Indexing.DifferAlongAlone(axis, [.. values.Select(value => value.Dims)]))
            throw at.Node.Refusal($"of values of unequal shapes, {string.Join(" and ", values.Take(4).Select(value => value.Shape))}", "export it again");
        if (values.Length == 1)
            return values[0];
        return axis == 0
            ? at.Add(new ConcatenationLayer(), values)
            : throw at.Node.Refusal($"along axis {axis + 1}, and only the first after the samples' is taken");
    }
}
