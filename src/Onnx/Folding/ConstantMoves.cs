using BasinVolume.Onnx.Translators;
using BasinVolume.Onnx.Values;

namespace BasinVolume.Onnx.Folding;

/// <summary>Elements of what is known, under other shapes and in other orders; they keep the name of the initialiser that they come from.</summary>
internal static class ConstantMoves
{
    public static Known Identity(NodeContext at) => at.Known(0);

    public static Known Reshape(NodeContext at)
    {
        Known x = at.Known(0);
        bool zeroIsZero = at.Node.Integer("allowzero", 0) != 0;
        long[] target = at.Integers(1) ?? throw at.Node.Refusal("without a shape", "export it again");
        long[] sizes = [.. target.Select((size, axis) => size == 0 && !zeroIsZero && axis < x.Dims.Count ? x.Dims[axis] : size)];
        long known = sizes.Where(size => size >= 0).Aggregate(1L, (product, size) => Math.Min(product * size, int.MaxValue + 1L));
        int open = sizes.Count(size => size == -1);
        if (sizes.Any(size => size < -1) || open > 1 || (open == 1 ? known == 0 || x.Count % known != 0 : known != x.Count))
            throw at.Node.Refusal($"of a constant of shape [{string.Join(", ", x.Dims)}] to [{string.Join(", ", target.Take(8))}]", "export it again");
        return x.As([.. sizes.Select(size => (int)(size == -1 ? x.Count / known : size))]);
    }

    public static Known Flatten(NodeContext at)
    {
        Known x = at.Known(0);
        int axis = Axis(at, at.Node.Integer("axis", 1), x.Dims.Count + 1);
        int rows = (int)Indexing.Count(x.Dims.Take(axis));
        return x.As([rows, (int)Indexing.Count(x.Dims.Skip(axis))]);
    }

    public static Known Transpose(NodeContext at)
    {
        Known x = at.Known(0);
        long[] perm = at.Node.Integers("perm") ?? [.. Enumerable.Range(0, x.Dims.Count).Reverse().Select(axis => (long)axis)];
        if (!perm.Order().SequenceEqual(Enumerable.Range(0, x.Dims.Count).Select(axis => (long)axis)))
            throw at.Node.Refusal($"with perm [{string.Join(", ", perm.Take(8))}] of a constant of shape [{string.Join(", ", x.Dims)}]", "export it again");
        int[] dims = [.. perm.Select(axis => x.Dims[(int)axis])], strides = Indexing.Strides(x.Dims);
        return x.Pick(dims, Indexing.Places(dims, [.. perm.Select(axis => strides[axis])]));
    }

    public static Known Squeeze(NodeContext at)
    {
        Known x = at.Known(0);
        long[]? axes = AxesOf(at);
        HashSet<int> gone = axes is null
            ? [.. Enumerable.Range(0, x.Dims.Count).Where(axis => x.Dims[axis] == 1)]
            : [.. axes.Select(axis => Axis(at, axis, x.Dims.Count))];
        return gone.All(axis => x.Dims[axis] == 1)
            ? x.As([.. x.Dims.Where((_, axis) => !gone.Contains(axis))])
            : throw at.Node.Refusal($"of an axis of a constant of shape [{string.Join(", ", x.Dims)}] that is not 1 long", "export it again");
    }

    public static Known Unsqueeze(NodeContext at)
    {
        Known x = at.Known(0);
        long[] axes = AxesOf(at) ?? throw at.Node.Refusal("without axes", "export it again");
        int rank = x.Dims.Count + axes.Length;
        HashSet<int> made = [.. axes.Select(axis => Axis(at, axis, rank))];
        var rest = new Queue<int>(x.Dims);
        return made.Count == axes.Length
            ? x.As([.. Enumerable.Range(0, rank).Select(axis => made.Contains(axis) ? 1 : rest.Dequeue())])
            : throw at.Node.Refusal("with one of its axes twice", "export it again");
    }

    public static Known Concat(NodeContext at)
    {
        Known[] parts = [.. Enumerable.Range(0, at.Count).Select(at.Known)];
        int axis = Axis(at, at.Node.Integer("axis", 0), parts[0].Dims.Count);
        if (!Indexing.DifferAlongAlone(axis, [.. parts.Select(part => part.Dims)]))
            throw at.Node.Refusal("of constants of shapes that do not go together", "export it again");
        if (parts.Sum(part => (long)part.Count) > int.MaxValue)
            throw at.Node.Refusal("of constants of more elements than an array holds", "give a smaller network");
        int[] dims = [.. parts[0].Dims];
        dims[axis] = parts.Sum(part => part.Dims[axis]);
        int blocks = (int)Indexing.Count(dims.Take(axis));
        return parts switch
        {
            _ when Array.TrueForAll(parts, part => part is Reals)
                => new Reals(dims, Joined(blocks, Array.ConvertAll(parts, part => ((Reals)part).Numbers)), ((Reals)parts[0]).Bits),
            _ when Array.TrueForAll(parts, part => part is Wholes) => new Wholes(dims, Joined(blocks, Array.ConvertAll(parts, part => ((Wholes)part).Numbers))),
            _ => throw at.Node.Refusal("of real and of whole numbers", "export it again"),
        };
    }

    public static Known Gather(NodeContext at)
    {
        Known x = at.Known(0);
        if (at.Known(1) is not Wholes { AreFixed: true } indices)
            throw at.Node.Refusal("whose indices are no fixed whole numbers");
        int axis = Axis(at, at.Node.Integer("axis", 0), x.Dims.Count), size = x.Dims[axis], stride = Indexing.Strides(x.Dims)[axis];
        int[] chosen = Array.ConvertAll(indices.Numbers, number => number.Number is var i && i >= -size && i < size
            ? (int)(i < 0 ? i + size : i)
            : throw at.Node.Refusal($"of index {i} of {size}", "export it again"));
        int[] dims = [.. x.Dims.Take(axis), .. indices.Dims, .. x.Dims.Skip(axis + 1)];
        if (Indexing.Count(dims) > Indexing.MostMade)
            throw at.Node.Refusal("of more elements than an array holds", "give a smaller network");
        int outer = (int)Indexing.Count(x.Dims.Take(axis)), block = size * stride;
        int[] places =
        [
            .. from o in Enumerable.Range(0, outer) from index in chosen from i in Enumerable.Range(0, stride) select (o * block) + (index * stride) + i,
        ];
        return x.Pick(dims, places);
    }

    // Starts, ends, axes and steps are attributes until version 10, and inputs since.
    public static Known Slice(NodeContext at)
    {
        Known x = at.Known(0);
        bool old = at.Node.Opset < 10;
        long[]? starts = old ? at.Node.Integers("starts") : at.Integers(1), ends = old ? at.Node.Integers("ends") : at.Integers(2);
        long[]? axes = old ? at.Node.Integers("axes") : at.Integers(3), steps = old ? null : at.Integers(4);
        if (starts is null || ends is null || new[] { ends, axes, steps }.Any(list => list is not null && list.Length != starts.Length))
            throw at.Node.Refusal("whose starts, ends, axes and steps do not go together", "export it again");
        int[] dims = [.. x.Dims], strides = Indexing.Strides(x.Dims);
        int offset = 0;
        for (int i = 0; i < starts.Length; i++)
        {
            int axis = Axis(at, axes?[i] ?? i, x.Dims.Count), own = Indexing.Strides(x.Dims)[axis];
            long step = steps?[i] ?? 1;
            if (step is 0 or > int.MaxValue or < -int.MaxValue)
                throw at.Node.Refusal($"with step {step}", "export it again");
            (long first, dims[axis]) = Range(starts[i], ends[i], step, x.Dims[axis]);
            offset += dims[axis] == 0 ? 0 : (int)first * own;
            strides[axis] = dims[axis] <= 1 ? 0 : (int)step * own;
        }

        return x.Pick(dims, Indexing.Places(dims, strides, offset));
    }

    public static Known Expand(NodeContext at)
    {
        Known x = at.Known(0);
        // What is the same for every sample stays as it is for one.
        long[] asked = at.Known(1) is Wholes shape
            ? Array.ConvertAll(shape.Numbers, size => size is { OfBatch: true, Number: 1 } ? 1 : size.OfBatch ? -1 : size.Number)
            : throw at.Node.Refusal("without a shape", "export it again");
        int[] dims = [];
        return asked.All(size => size is >= 0 and <= int.MaxValue)
            && Indexing.Common(x.Dims, [.. asked.Select(size => (int)size)]) is { } common && Indexing.Count(dims = common) <= Indexing.MostMade
            ? x.Anonymous().Pick(dims, Indexing.Broadcast(x.Dims, dims))
            : throw at.Node.Refusal($"of a constant of shape [{string.Join(", ", x.Dims)}] to [{string.Join(", ", asked.Take(8))}]", "export it again");
    }

    /// <summary>An axis, counted from the beginning.</summary>
    public static int Axis(NodeContext at, long axis, int rank)
        => (axis < 0 ? axis + rank : axis) is var counted && counted >= 0 && counted < rank
            ? (int)counted
            : throw at.Node.Refusal($"with axis {axis} of a constant with {rank} axes", "export it again");

    // NumPy's slices: negative places count from the end, and what is outside is cut.
    private static (long First, int Count) Range(long start, long end, long step, int size)
    {
        long low = step > 0 ? 0 : -1, high = step > 0 ? size : size - 1L;
        long first = Math.Clamp(start < 0 ? start + size : start, low, high), last = Math.Clamp(end < 0 && end >= -size ? end + size : end, low, high);
        long distance = step > 0 ? last - first : first - last;
        return (first, distance <= 0 ? 0 : (int)((distance - 1) / Math.Abs(step)) + 1);
    }

    private static T[] Joined<T>(int blocks, T[][] parts)
    {
        var joined = new List<T>(parts.Sum(part => part.Length));
        for (int block = 0; block < blocks; block++)
        {
            foreach (T[] part in parts)
                joined.AddRange(part.AsSpan(block * (part.Length / blocks), part.Length / blocks));
        }

        return [.. joined];
    }

    private static long[]? AxesOf(NodeContext at) => at.Node.Opset < 13 ? at.Node.Integers("axes") : at.Integers(1);
}
