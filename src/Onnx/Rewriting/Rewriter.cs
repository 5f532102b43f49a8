using BasinVolume.Onnx.Layers;

namespace BasinVolume.Onnx.Rewriting;

/// <summary>A rule: what stands for a value whose inputs are rewritten already.</summary>
/// <param name="value">The value.</param>
/// <param name="uses">How often each of its inputs is used in the whole network.</param>
/// <returns>What stands for it; null to leave it.</returns>
internal delegate Value? Rule(Value value, IReadOnlyList<int> uses);

/// <summary>Goes through a network from its input to its output and replaces what a rule knows better. What nothing uses any more falls away.</summary>
internal static class Rewriter
{
    /// <summary>Applies a rule to every value that an output depends on.</summary>
    public static Value Apply(Value output, Rule rule)
    {
        IReadOnlyList<Value> all = Ordered(output);
        var uses = new Dictionary<Value, int> { [output] = 1 };
        foreach (Value input in all.SelectMany(value => value.Inputs))
            uses[input] = uses.GetValueOrDefault(input) + 1;
        var rewritten = new Dictionary<Value, Value>();
        foreach (Value value in all)
        {
            Value[] inputs = [.. value.Inputs.Select(input => rewritten[input])];
            Value same = inputs.SequenceEqual(value.Inputs) ? value : new(value.Node, value.Layer, inputs, value.Dims);
            rewritten[value] = rule(same, [.. value.Inputs.Select(input => uses[input])]) ?? same;
        }

        return rewritten[output];
    }

    /// <summary>
    /// All values that one depends on, each after its inputs, and otherwise in the order of the file: parameters follow each other as their owner wrote them.
    /// </summary>
    public static IReadOnlyList<Value> Ordered(Value output)
    {
        var ordered = new List<Value>();
        var seen = new HashSet<Value>();
        var stack = new Stack<(Value Value, bool IsOpen)>([(output, false)]);
        while (stack.TryPop(out (Value Value, bool IsOpen) next))
        {
            if (next.IsOpen)
            {
                ordered.Add(next.Value);
            }
            else if (seen.Add(next.Value))
            {
                stack.Push((next.Value, true));
                foreach (Value input in next.Value.Inputs.Reverse())
                    stack.Push((input, false));
            }
        }

        // What is rewritten keeps the node that it is from, and takes nothing of a later one.
        return [.. ordered.OrderBy(value => value.Node?.Place ?? -1)];
    }
}
