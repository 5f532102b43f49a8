using BasinVolume.Onnx.Layers;
using BasinVolume.Onnx.Values;

namespace BasinVolume.Onnx.Translators;

/// <summary>Arithmetic element by element, of two values or of a value and a constant.</summary>
internal static class Sums
{
    public static object Add(NodeContext at)
        => at[0] is Known ? Plus(at, at.Value(1), at.Reals(0))
            : at[1] is Known ? Plus(at, at.Value(0), at.Reals(1))
            : Added(at, [at.Value(0), at.Value(1)]);

    // Values first, then constants: a sum does not mind.
    public static object Sum(NodeContext at)
    {
        Value[] values = [.. at.Inputs.OfType<Value>()];
        Value sum = values.Length == 1 ? values[0] : Added(at, values);
        foreach (Reals constant in at.Inputs.OfType<Reals>())
            sum = Plus(at, sum, constant);
        return values.Length + at.Inputs.OfType<Reals>().Count() == at.Count ? sum : throw at.Node.Refusal("of something else than real numbers");
    }

    public static object Sub(NodeContext at)
        => at[1] is Known ? Plus(at, at.Value(0), Fixed(at, 1, "is subtracted").Map(c => -c))
            : at[0] is Known ? Plus(at, Negative(at, at.Value(1)), (Reals)Fixed(at, 0, "is what something is subtracted from").Anonymous())
            : at.Add(new DifferencePart(), Together(at, at.Value(0), at.Value(1)));

    public static object Mul(NodeContext at)
        => at[0] is Known ? Times(at, at.Value(1), at.Reals(0))
            : at[1] is Known ? Times(at, at.Value(0), at.Reals(1))
            : Multiplied(at, at.Value(0), at.Value(1));

    public static object Div(NodeContext at)
    {
        if (at[0] is Known)
            throw at.Node.Refusal("of a constant by a value");
        return at[1] is Known
            ? Times(at, at.Value(0), Fixed(at, 1, "is divided by").Map(c => 1 / c))
            : at.Add(new QuotientPart(), Together(at, at.Value(0), at.Value(1)));
    }

    /// <summary>Where a fixed condition holds a constant, and else a value: what masks do.</summary>
    public static object Where(NodeContext at)
    {
        if (at[0] is not Wholes { AreFixed: true } condition)
            throw at.Node.Refusal("whose condition depends on the samples");
        bool isThere = at[1] is Known;
        Value x = at.Value(isThere ? 2 : 1);
        Reals constant = OfSample(at, x, at.Reals(isThere ? 1 : 2));
        Reals replaced = OfSample(at, x, new(condition.Dims, [.. condition.Numbers.Select(number => number.Number != 0 == isThere ? 1.0 : 0)], 64));
        int[] dims = Indexing.Common(constant.Dims, replaced.Dims)!;
        double[] numbers = [.. Indexing.Broadcast(constant.Dims, dims).Select(place => constant.Numbers[place])];
        bool[] isReplaced = [.. Indexing.Broadcast(replaced.Dims, dims).Select(place => replaced.Numbers[place] != 0)];
        Reals? factors = isReplaced.Where((there, i) => there && double.IsFinite(numbers[i])).Any()
            ? new(dims, [.. isReplaced.Select((there, i) => there && double.IsFinite(numbers[i]) ? 0.0 : 1)], 64)
            : null;
        double[] shifts = [.. isReplaced.Select((there, i) => there ? numbers[i] : 0)];
        return at.Add(new AffineLayer(factors, new(dims, shifts, 64)), x);
    }

    public static object Neg(NodeContext at) => Negative(at, at.Value(0));

    public static object Pow(NodeContext at)
        => at.Add(new PowerPart((at.Known(1) is Wholes { AreFixed: true, Numbers: [var whole] } ? whole.Number : (at.Known(1) as Reals)?.Single)
            ?? throw at.Node.Refusal("whose exponent is not one number")), at.Value(0));

    public static object Sqrt(NodeContext at) => at.Add(new PowerPart(0.5), at.Value(0));

    public static object Erf(NodeContext at) => at.Add(new ErfPart(), at.Value(0));

    /// <summary>x + c.</summary>
    public static Value Plus(NodeContext at, Value x, Reals constant) => at.Add(new PlusPart(OfSample(at, x, constant)), x);

    // What Sub and Div take is no parameter; where it may have been trained as one that is said.
    private static Reals Fixed(NodeContext at, int input, string role)
    {
        Reals constant = at.Reals(input);
        if (constant.Origin is { } origin)
            at.Note($"{origin.Tensor} is a constant, for it {role}");
        return constant;
    }

    private static Value Times(NodeContext at, Value x, Reals constant) => at.Add(new TimesPart(OfSample(at, x, constant)), x);

    private static Value Negative(NodeContext at, Value x) => at.Add(new TimesPart(new Reals([], [-1], 64)), x);

    private static Value Added(NodeContext at, Value[] values)
        => values.Length > 0 && values.All(value => value.Dims.SequenceEqual(values[0].Dims))
            ? at.Add(new SumLayer(), values)
            : throw at.Node.Refusal($"of values of unequal shapes, {string.Join(" and ", values.Take(4).Select(value => value.Shape))}");

    private static Value Multiplied(NodeContext at, Value x, Value y)
        => x.Dims.SequenceEqual(y.Dims)
            ? at.Add(new ProductPart(), x, y)
            : throw at.Node.Refusal($"of values of unequal shapes, {x.Shape} and {y.Shape}");

    // A mean that kept its dimensions is taken from, or divides, what it is of.
    private static Value[] Together(NodeContext at, Value x, Value y)
        => x.Dims.Count == y.Dims.Count && Indexing.Common(x.Dims, y.Dims)?.SequenceEqual(x.Dims) == true
            ? [x, y]
            : throw at.Node.Refusal($"of values of unequal shapes, {x.Shape} and {y.Shape}");

    // A constant for every sample alike, with no more dimensions than a sample.
    private static Reals OfSample(NodeContext at, Value x, Reals constant)
    {
        Reals own = constant.Dims.Count == x.Dims.Count + 1 && constant.Dims[0] == 1 ? (Reals)constant.As([.. constant.Dims.Skip(1)]) : constant;
        return own.Dims.Count <= x.Dims.Count && Indexing.Common(own.Dims, x.Dims)?.SequenceEqual(x.Dims) == true
            ? own
            : throw at.Node.Refusal(
                $"of samples of shape {x.Shape} with a constant of shape [{string.Join(", ", constant.Dims)}], which does not spread over them");
    }
}
