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

    /// <summary>The rule.</summary>
    public Value? Apply(Value value, IReadOnlyList<int> uses) => value.Layer switch
    {
        PlusPart plus => Plus(value, plus.Constant),
        TimesPart times => Times(value, times.Constant),
        Part => throw value.Node!.Refusal("which is taken only as a part of an activation or a normalisation that is known, and this is none"),
        _ => null,
    };

    private Value Plus(Value value, Reals constant)
    {
        Value x = value.Inputs[0];
        if (Array.TrueForAll(constant.Numbers, number => number == 0) && !IsParameter(x, constant))
            return x;
        if (!IsParameter(x, constant))
            throw value.Node!.Refusal("of a constant, which is not taken");
        return Value.Of(value.Node!, new BiasLayer(OfChannels(value, constant)), x);
    }

    private Value Times(Value value, Reals constant)
    {
        Value x = value.Inputs[0];
        if (Array.TrueForAll(constant.Numbers, number => number == 1) && !IsParameter(x, constant))
            return x;
        if (!IsParameter(x, constant))
            throw value.Node!.Refusal("of a constant, which is not taken");
        return Value.Of(value.Node!, new ScaleLayer(OfChannels(value, constant)), x);
    }

    private bool IsParameter(Value x, Reals constant)
    {
        if (constant.Origin is null || constant.Count == 1)
            return false;
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
