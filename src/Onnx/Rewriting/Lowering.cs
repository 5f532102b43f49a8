using BasinVolume.Onnx.Layers;
using BasinVolume.Onnx.Values;

namespace BasinVolume.Onnx.Rewriting;

/// <summary>
/// What is left of parts becomes layers, or is refused. An initialiser that is added or multiplied is a parameter where parameters come before it and it has
/// one element a channel; before any parameter it is the normalisation of the input, and a single number is a constant everywhere.
/// </summary>
/// <param name="notes">Takes what is to be said.</param>
internal sealed class Lowering(List<string> notes)
{
    private readonly Dictionary<Value, bool> _depends = [];

    /// <summary>Whether the file tells them apart itself, as those written here do: constants are nodes, and every initialiser is a parameter.</summary>
    public bool InitializersAreParameters { get; init; }

    /// <summary>The rule.</summary>
    public Value? Apply(Value value, IReadOnlyList<int> uses) => value.Layer switch
    {
        PlusPart plus => Plus(value, plus.Constant),
        TimesPart times => Times(value, times.Constant),
        ProductPart => Value.Of(value.Node!, new ProductLayer(), [.. value.Inputs]),
        PowerPart { Exponent: 2 or 3 } power => Value.Of(value.Node!, new ProductLayer(), [.. Enumerable.Repeat(value.Inputs[0], (int)power.Exponent)]),
        DifferencePart when value.Inputs[0].Dims.SequenceEqual(value.Inputs[1].Dims) => Difference(value),
        MeanPart mean => Mean(value, mean.Axes),
        AffineLayer { Factors: null, Shifts: { } shifts } when IsCausal(value.Dims, shifts) => Value.Of(value.Node!, new CausalMaskLayer(), [.. value.Inputs]),
        PadPart => throw value.Node!.Refusal(
            "which is taken only before a convolution, or before an average that counts its padding and has no ceil_mode",
            "give the padding to the layer behind it, or export it without this operator"),
        Part => throw value.Node!.Refusal("which is taken only as a part of an activation or a normalisation that is known, and this is none"),
        _ => null,
    };

    private Value Plus(Value value, Reals constant)
    {
        Value x = value.Inputs[0];
        if (IsCausal(value.Dims, constant))
            return Value.Of(value.Node!, new CausalMaskLayer(), x);
        if (Array.TrueForAll(constant.Numbers, number => number == 0) && !IsParameter(x, constant))
            return x;
        return !IsParameter(x, constant)
            ? Value.Of(value.Node!, new AffineLayer(Factors: null, constant), x)
            : constant.Dims.SequenceEqual(value.Dims) && value.Dims.Count > 1 ? Value.Of(value.Node!, new PositionsLayer(constant), x)
            : Value.Of(value.Node!, new BiasLayer(OfChannels(value, constant)), x);
    }

    private Value Times(Value value, Reals constant)
    {
        Value x = value.Inputs[0];
        if (Array.TrueForAll(constant.Numbers, number => number == 1) && !IsParameter(x, constant))
            return x;
        return !IsParameter(x, constant)
            ? Value.Of(value.Node!, new AffineLayer(constant, Shifts: null), x)
            : Value.Of(value.Node!, new ScaleLayer(OfChannels(value, constant)), x);
    }

    // −∞ above the diagonal of the last two dimensions and nothing else: what a softmax behind it does not look at.
    private static bool IsCausal(IReadOnlyList<int> dims, Reals shifts)
    {
        if (dims.Count < 2 || shifts.Dims.Count < 2 || shifts.Dims[^1] != dims[^1] || shifts.Dims[^2] != dims[^2] || shifts.Count != dims[^1] * dims[^2])
            return false;
        int columns = dims[^1];
        return columns > 1 && Indexing.All(shifts.Count).All(i => shifts.Numbers[i] == (i % columns > i / columns ? double.NegativeInfinity : 0));
    }

    private static Value Difference(Value value)
    {
        Value negative = Value.Of(value.Node!, new AffineLayer(new Reals([], [-1], 64), Shifts: null), value.Inputs[1]);
        return Value.Of(value.Node!, new SumLayer(), value.Inputs[0], negative);
    }

    // The dimensions that stay first, as one, and those that go behind them, as another.
    private static Value Mean(Value value, IReadOnlyList<int> axes)
    {
        Value x = value.Inputs[0];
        int[] kept = [.. Enumerable.Range(0, x.Dims.Count).Where(axis => !axes.Contains(axis))];
        if (kept.Any(axis => axis > axes[0]))
            x = Value.Of(value.Node!, new TransposeLayer([.. kept, .. axes]), x);
        int rows = kept.Aggregate(1, (product, axis) => product * value.Inputs[0].Dims[axis]);
        if (kept.Length != 1)
            x = Value.Of(value.Node!, new ReshapeLayer([rows, x.Size / rows]), x);
        return Value.Of(value.Node!, new ReshapeLayer(value.Dims), Value.Of(value.Node!, new GlobalAveragePoolLayer(), x));
    }

    private bool IsParameter(Value x, Reals constant)
    {
        if (constant.Origin is null || InitializersAreParameters)
            return constant.Origin is not null;
        if (constant.Count == 1)
        {
            notes.Add($"{constant.Origin.Tensor} is a constant, for it is a single number");
            return false;
        }

        bool isParameter = DependsOnParameters(x);
        if (!isParameter)
            notes.Add($"{constant.Origin.Tensor} is a constant, for it acts on the input before any parameter does");
        return isParameter;
    }

    private static Reals OfChannels(Value value, Reals constant)
    {
        IReadOnlyList<int> dims = value.Dims;
        return constant.Dims.Count == dims.Count && constant.Dims[0] == dims[0] && constant.Count == dims[0]
            ? (Reals)constant.As([dims[0]])
            : throw value.Node!.Refusal(
                $"of samples of shape {value.Shape} with '{Kernels.Printable.Name(constant.Origin!.Tensor)}' of shape [{string.Join(", ", constant.Dims)}], "
                + "which no parameter of a layer is");
    }

    private bool DependsOnParameters(Value value)
    {
        if (_depends.TryGetValue(value, out bool known))
            return known;
        foreach (Value each in Rewriter.Ordered(value))
            _depends[each] = each.Layer?.Tensors.Count > 0 || each.Inputs.Any(input => _depends[input]);
        return _depends[value];
    }
}
