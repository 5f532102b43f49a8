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
        return at.Add(new TransposeLayer(axes), x);
    }

    // Starts, ends, axes and steps are attributes until version 10, and inputs since.
    public static object Slice(NodeContext at)
    {
        Value x = at.Value(0);
        bool old = at.Node.Opset < 10;
        long[]? starts = old ? at.Node.Integers("starts") : at.Integers(1), ends = old ? at.Node.Integers("ends") : at.Integers(2);
        long[]? axes = old ? at.Node.Integers("axes") : at.Integers(3), steps = old ? null : at.Integers(4);
        if (starts is null || ends is null || new[] { ends, axes, steps }.Any(list => list is not null && list.Length != starts.Length))
            throw at.Node.Refusal("whose starts, ends, axes and steps do not go together", "export it again");
        if (steps?.All(step => step == 1) == false)
            throw at.Node.Refusal($"with steps [{string.Join(", ", steps.Take(8))}], and only 1 is taken");
        for (int i = 0; i < starts.Length; i++)
        {
            // All of the samples is no slice.
            if ((axes?[i] ?? i) == 0 && starts[i] == 0 && ends[i] >= int.MaxValue)
                continue;
            int axis = at.Axis(axes?[i] ?? i, x), size = x.Dims[axis];
            long first = Within(starts[i], size), end = Within(ends[i], size);
            x = Part(at, x, axis, first, end - first);
        }

        return x;
    }

    // Sizes are an attribute until version 13, and an input since; without them the parts are equal.
    public static object Split(NodeContext at)
    {
        Value x = at.Value(0);
        int axis = at.Axis(at.Node.Integer("axis", 0), x), count = at.Node.Outputs.Count, size = x.Dims[axis];
        long[]? given = at.Node.Opset < 13 ? at.Node.Integers("split") : at.Integers(1);
        long each = (size + (long)count - 1) / Math.Max(count, 1);
        at.Node.Ignore("num_outputs");
        long[] sizes = given ?? [.. Enumerable.Range(0, count).Select(i => Math.Min(each, size - (i * each)))];
        if (sizes.Length != count || sizes.Sum() != size)
            throw at.Node.Refusal($"of axis {axis + 1} of samples of shape {x.Shape} into parts of [{string.Join(", ", sizes.Take(8))}]", "export it again");
        var parts = new object?[count];
        long first = 0;
        for (int i = 0; i < count; first += sizes[i++])
            parts[i] = Part(at, x, axis, first, sizes[i]);
        return parts;
    }

    // One index of an axis is a part of it; a table whose rows the samples choose is an embedding.
    public static object Gather(NodeContext at)
    {
        if (at[0] is Reals { Dims.Count: 2 } table && at[1] is Value tokens && at.Node.Integer("axis", 0) == 0)
            return at.Add(new EmbeddingLayer(table), tokens);
        if (at[1] is not Wholes { AreFixed: true, Numbers: [var chosen] } indices)
            throw at.Node.Refusal("of a value with other indices than one");
        Value x = at.Value(0);
        int axis = at.Axis(at.Node.Integer("axis", 0), x), size = x.Dims[axis];
        Value part = Part(at, x, axis, chosen.Number < 0 ? chosen.Number + size : chosen.Number, 1);
        return indices.Dims.Count switch
        {
            0 => at.Add(new ReshapeLayer([.. x.Dims.Where((_, d) => d != axis)]), part),
            1 => part,
            _ => throw at.Node.Refusal($"with indices of shape [{string.Join(", ", indices.Dims)}]"),
        };
    }

    private static long Within(long place, int size) => Math.Clamp(place < 0 ? place + size : place, 0, size);

    private static Value Part(NodeContext at, Value x, int axis, long first, long count)
    {
        if (count < 1 || first < 0 || first + count > x.Dims[axis])
            throw at.Node.Refusal($"of {count} indices from {first} on of axis {axis + 1} of samples of shape {x.Shape}", "export it again");
        return count == x.Dims[axis] ? x : at.Add(new SliceLayer(axis, (int)first, (int)count), x);
    }

    public static object Concat(NodeContext at)
    {
        Value[] values = [.. Enumerable.Range(0, at.Count).Select(at.Value)];
        int axis = at.Axis(at.Node.Integer("axis", 0), values[0]);
        if (!Indexing.DifferAlongAlone(axis, [.. values.Select(value => value.Dims)]))
            throw at.Node.Refusal($"of values of unequal shapes, {string.Join(" and ", values.Take(4).Select(value => value.Shape))}", "export it again");
        if (values.Length == 1)
            return values[0];
        if (axis == 0)
            return at.Add(new ConcatenationLayer(), values);
        // Along another axis: that one to the front, and back.
        int[] rest = [.. Enumerable.Range(0, values[0].Dims.Count).Where(d => d != axis)];
        Value joined = at.Add(new ConcatenationLayer(), [.. values.Select(value => Transposed(at, value, [axis, .. rest]))]);
        return Transposed(at, joined, [.. rest[..axis].Select(d => d + 1), 0, .. rest[axis..]]);
    }
}
