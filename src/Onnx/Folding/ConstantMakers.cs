using BasinVolume.Onnx.Files;
using BasinVolume.Onnx.Translators;
using BasinVolume.Onnx.Values;
using DataType = BasinVolume.Onnx.Schema.TensorProto.Types.DataType;

namespace BasinVolume.Onnx.Folding;

/// <summary>Where known numbers come from beside initialisers.</summary>
internal static class ConstantMakers
{
    public static Known Constant(ModelFile file, NodeContext at)
    {
        if (at.Node.Tensor("value") is { } tensor)
            return TensorReader.Read(file, tensor);
        if (at.Node.Integers("value_ints") is { } integers)
            return Wholes.Of(integers);
        if (at.Node.Reals("value_floats") is { } reals)
            return new Reals([reals.Length], reals, 32);
        if (at.Node.Real("value_float", double.NaN) is var real && !double.IsNaN(real))
            return new Reals([], [real], 32);
        return at.Node.Integer("value_int", long.MinValue) is var integer && integer != long.MinValue
            ? new Wholes([], [new(integer)])
            : throw at.Node.Refusal("without numbers as its value");
    }

    public static Known ConstantOfShape(ModelFile file, NodeContext at)
    {
        long[] sizes = at.Integers(0) ?? throw at.Node.Refusal("without a shape", "export it again");
        Known value = at.Node.Tensor("value") is { } tensor ? TensorReader.Read(file, tensor) : new Reals([1], [0], 32);
        if (value.Count != 1 || sizes.Any(size => size is < 0 or > Indexing.MostMade) || Indexing.Count(sizes.Select(size => (int)size)) > Indexing.MostMade)
            throw at.Node.Refusal($"of shape [{string.Join(", ", sizes.Take(8))}], which is too large", "give a smaller network");
        int[] dims = [.. sizes.Select(size => (int)size)];
        return value.Pick(dims, new int[Indexing.Count(dims)]);
    }

    public static Known Range(NodeContext at)
    {
        if (at.Known(0) is Reals)
            throw at.Node.Refusal("of real numbers");
        (long start, long limit, long delta) = (One(at, 0), One(at, 1), One(at, 2));
        if (delta == 0 || Math.Max(Math.Abs((double)start), Math.Abs((double)limit)) > Indexing.MostMade)
            throw at.Node.Refusal($"from {start} to {limit} in steps of {delta}", "export it again");
        var numbers = new List<Whole>();
        for (long i = start; delta > 0 ? i < limit : i > limit; i += delta)
            numbers.Add(new(i));
        return new Wholes([numbers.Count], [.. numbers]);
    }

    public static Known Cast(NodeContext at)
    {
        at.Node.Ignore("saturate", "round_mode");
        var to = (DataType)at.Node.Integer("to", 0);
        return (at.Known(0), to) switch
        {
            (Reals x, DataType.Double) => x,
            // A weight that is stored more exactly than it is used: as it is used.
            (Reals { Bits: 64 } x, DataType.Float) => new Reals(x.Dims, Array.ConvertAll(x.Numbers, value => (double)(float)value), 32) { Origin = x.Origin },
            (Reals x, DataType.Float) => x,
            (Reals { Bits: 16 } x, DataType.Float16 or DataType.Bfloat16) => x,
            (Reals x, DataType.Int64 or DataType.Int32) => new Wholes(x.Dims, Array.ConvertAll(x.Numbers, value => new Whole((long)value))),
            (Reals x, DataType.Bool) => new Wholes(x.Dims, Array.ConvertAll(x.Numbers, value => new Whole(value != 0 ? 1 : 0))),
            (Wholes { AreFixed: true } x, DataType.Float or DataType.Double)
                => new Reals(x.Dims, Array.ConvertAll(x.Numbers, number => (double)number.Number), to == DataType.Float ? 32 : 64),
            (Wholes { AreFixed: true } x, DataType.Bool) => new Wholes(x.Dims, Array.ConvertAll(x.Numbers, number => new Whole(number.Number != 0 ? 1 : 0))),
            (Wholes x, DataType.Int64 or DataType.Int32) => x,
            _ => throw at.Node.Refusal($"of a constant to {to}"),
        };
    }

    public static Known ReduceProd(NodeContext at)
    {
        if (at.Known(0) is not Wholes x || at.Node.Integers("axes") is { } axes && !axes.SequenceEqual([0L]) || x.Dims.Count > 1)
            throw at.Node.Refusal("of something else than a list of whole numbers");
        at.Node.Ignore("noop_with_empty_axes");
        Whole product = x.Numbers.Aggregate(new Whole(1), (a, b) => a.OfBatch && b.OfBatch
            ? throw at.Node.Refusal("of the number of samples times itself")
            : new(checked(a.Number * b.Number), a.OfBatch || b.OfBatch));
        return new Wholes(at.Node.Integer("keepdims", 1) != 0 ? [1] : [], [product]);
    }

    // 1 on and below (upper: above) the diagonal that is k above the main one.
    public static Known Trilu(NodeContext at)
    {
        Known x = at.Known(0);
        bool upper = at.Node.Integer("upper", 1) != 0;
        long k = at.Integers(1) is [var given] ? given : 0;
        if (x.Dims.Count < 2)
            throw at.Node.Refusal($"of a constant of shape [{string.Join(", ", x.Dims)}]", "export it again");
        bool Kept(int i) => (i % x.Dims[^1]) - (i / x.Dims[^1] % x.Dims[^2]) is var above && (upper ? above >= k : above <= k);
        return x switch
        {
            Reals reals => new Reals(x.Dims, [.. reals.Numbers.Select((value, i) => Kept(i) ? value : 0)], reals.Bits),
            Wholes wholes => new Wholes(x.Dims, [.. wholes.Numbers.Select((value, i) => Kept(i) ? value : new Whole(0))]),
            _ => throw at.Node.Refusal("of something else than numbers"),
        };
    }

    private static long One(NodeContext at, int input)
        => at.Integers(input) is [var only] ? only : throw at.Node.Refusal("whose limits are no single numbers", "export it again");
}
