using BasinVolume.Onnx.Layers;
using BasinVolume.Onnx.Schema;
using BasinVolume.Onnx.Values;

namespace BasinVolume.Onnx.Translators;

/// <summary>The same elements under other shapes. The first axis of the file is that of the samples and stays.</summary>
internal static class Shapes
{
    public static object Identity(NodeContext at) => at.Value(0);

    // What is random in training is not there in evaluation.
    public static object Dropout(NodeContext at)
    {
        at.Node.Ignore("ratio", "seed");
        if (at[2] is Wholes { Numbers: [{ Number: not 0 }] })
            throw at.Node.Refusal("in training mode", "export the network in evaluation mode, model.eval()");
        return new object?[] { at.Value(0), null };
    }

    public static object Cast(NodeContext at)
    {
        var to = (TensorProto.Types.DataType)at.Node.Integer("to", 0);
        at.Node.Ignore("saturate", "round_mode");
        switch (to)
        {
            case TensorProto.Types.DataType.Float or TensorProto.Types.DataType.Double:
                return at.Value(0);
            case TensorProto.Types.DataType.Float16 or TensorProto.Types.DataType.Bfloat16:
                at.Note($"the network rounds to {to} on its way (node '{Kernels.Printable.Name(at.Node.Name)}'), and here it does not");
                return at.Value(0);
            case TensorProto.Types.DataType.Int64 or TensorProto.Types.DataType.Int32 when at.Value(0).IsWhole:
                return at.Value(0);
            default:
                throw at.Node.Refusal($"to {to}, whose rounding has no derivative");
        }
    }

    public static object Flatten(NodeContext at)
    {
        Value x = at.Value(0);
        long axis = at.Node.Integer("axis", 1);
        return (axis < 0 ? axis + x.Dims.Count + 1 : axis) == 1
            ? at.Add(new ReshapeLayer([x.Size]), x)
            : throw at.Node.Refusal($"with axis {axis}, and only 1, which keeps samples apart, is taken");
    }

    public static object Squeeze(NodeContext at)
    {
        Value x = at.Value(0);
        long[] axes = AxesOf(at) ?? throw at.Node.Refusal("without axes, so that it may be the samples' that goes", "give axes");
        HashSet<int> gone = [.. axes.Select(axis => at.Axis(axis, x))];
        if (gone.FirstOrDefault(axis => x.Dims[axis] != 1, -1) is var wide and >= 0)
            throw at.Node.Refusal($"of axis {wide + 1} of samples of shape {x.Shape}, which is not 1 long", "export it again");
        return at.Add(new ReshapeLayer([.. x.Dims.Where((_, axis) => !gone.Contains(axis))]), x);
    }

    public static object Unsqueeze(NodeContext at)
    {
        Value x = at.Value(0);
        long[] axes = AxesOf(at) ?? throw at.Node.Refusal("without axes", "export it again");
        int rank = x.Dims.Count + 1 + axes.Length;
        HashSet<int> made = [.. axes.Select(axis => at.Axis(axis, rank))];
        var rest = new Queue<int>(x.Dims);
        return made.Count == axes.Length
            ? at.Add(new ReshapeLayer([.. Enumerable.Range(0, rank - 1).Select(axis => made.Contains(axis) ? 1 : rest.Dequeue())]), x)
            : throw at.Node.Refusal("with one of its axes twice", "export it again");
    }

    public static object Transpose(NodeContext at)
    {
        Value x = at.Value(0);
        long[] given = at.Node.Integers("perm") ?? [.. Enumerable.Range(0, x.Dims.Count + 1).Reverse().Select(axis => (long)axis)];
        if (given.Length != x.Dims.Count + 1 || !given.Order().SequenceEqual(Enumerable.Range(0, given.Length).Select(axis => (long)axis)))
            throw at.Node.Refusal($"with perm [{string.Join(", ", given.Take(8))}] for samples of shape {x.Shape}", "export it again");
        if (given[0] != 0)
            throw at.Node.Refusal($"with perm [{string.Join(", ", given)}], which moves the axis of the samples",
                "keep the samples first; nn.MultiheadAttention moves them even with batch_first=True, so write attention with Linear, matmul and softmax");
        return Moves.Transposed(at, x, [.. given.Skip(1).Select(axis => (int)axis - 1)]);
    }

    public static object Reshape(NodeContext at)
    {
        Value x = at.Value(0);
        bool zeroIsZero = at.Node.Integer("allowzero", 0) != 0;
        if (at.Known(1) is not Wholes { Dims.Count: 1 } target || target.Count == 0)
            throw at.Node.Refusal("whose shape is no list of whole numbers", "export it again");
        string asked = $"[{string.Join(", ", target.Numbers.Take(8).Select(number => number.OfBatch ? $"{number.Number}N" : $"{number.Number}"))}]";
        var refusal = at.Node.Refusal($"from samples of shape {x.Shape} to {asked}, N being the samples, which does not keep samples apart");
        if (target.Numbers.Skip(1).Any(number => number.OfBatch))
            throw refusal;
        long Size(long number, int axis) => number == 0 && !zeroIsZero && axis < x.Dims.Count ? x.Dims[axis] : number;
        long[] rest = [.. target.Numbers.Skip(1).Select((number, axis) => Size(number.Number, axis))];
        long known = rest.Where(number => number >= 0).Aggregate(1L, (product, number) => Math.Min(product * number, int.MaxValue + 1L));
        bool isOpen = rest.Contains(-1);
        if (rest.Any(number => number < -1) || rest.Count(number => number == -1) > 1 || known == 0 || (isOpen ? x.Size % known != 0 : known != x.Size))
            throw refusal;
        if (!IsBatch(target.Numbers[0]))
            throw refusal;
        return at.Add(new ReshapeLayer([.. rest.Select(number => (int)(number == -1 ? x.Size / known : number))]), x);

        // Where the rest holds one sample, any number is that of samples; where it is open, the number must say so itself.
        bool IsBatch(Whole first) => first switch
        {
            { OfBatch: true } => first.Number == 1,
            { Number: -1 } => !isOpen,
            { Number: 0 } => !zeroIsZero,
            _ => first.Number > 0 && (!isOpen || first.Number == at.Batch),
        };
    }

    // Until version 13 an attribute, since then an input.
    private static long[]? AxesOf(NodeContext at) => at.Node.Opset < 13 ? at.Node.Integers("axes") : at.Integers(1);
}
