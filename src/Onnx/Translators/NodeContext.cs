using BasinVolume.Interop;
using BasinVolume.Kernels;
using BasinVolume.Onnx.Graphs;
using BasinVolume.Onnx.Layers;
using BasinVolume.Onnx.Values;

namespace BasinVolume.Onnx.Translators;

/// <summary>What a translator sees: a node, and what is known of its inputs.</summary>
/// <param name="node">The node.</param>
/// <param name="inputs">For each of its inputs a <see cref="Value"/>, a <see cref="Known"/>, or null where it is left out.</param>
/// <param name="batch">The number of samples, where the file fixes it.</param>
/// <param name="notes">What is to be said of the network.</param>
internal sealed class NodeContext(GraphNode node, IReadOnlyList<object?> inputs, int? batch, List<string> notes)
{
    /// <summary>The number of samples, where the file fixes it.</summary>
    public int? Batch { get; } = batch;

    /// <summary>The node.</summary>
    public GraphNode Node { get; } = node;

    /// <summary>Number of inputs, those left out included.</summary>
    public int Count => inputs.Count;

    /// <summary>All inputs.</summary>
    public IReadOnlyList<object?> Inputs => inputs;

    /// <summary>An input that is a value, what is known, or null.</summary>
    public object? this[int input] => input < inputs.Count ? inputs[input] : null;

    /// <summary>Says something of the network.</summary>
    public void Note(string note)
    {
        if (!notes.Contains(note))
            notes.Add(note);
    }

    /// <summary>An input that depends on the samples.</summary>
    /// <exception cref="DataException">It is a constant, or left out.</exception>
    public Value Value(int input)
        => this[input] as Value ?? throw Node.Refusal($"whose input {input} is {Kind(input)}, expected a value that depends on the samples");

    /// <summary>An input that is known.</summary>
    /// <exception cref="DataException">It depends on the samples, or is left out.</exception>
    public Known Known(int input) => this[input] as Known ?? throw Node.Refusal($"whose input {input} is {Kind(input)}, expected a constant");

    /// <summary>An input that is known, or null where it is left out.</summary>
    public Known? OptionalKnown(int input) => this[input] is null ? null : Known(input);

    /// <summary>Real numbers that are known.</summary>
    public Reals Reals(int input) => Known(input) as Reals ?? throw Node.Refusal($"whose input {input} is whole numbers, expected real ones");

    /// <summary>The same, or null where they are left out.</summary>
    public Reals? OptionalReals(int input) => this[input] is null ? null : Reals(input);

    /// <summary>Whole numbers that are known and do not depend on the number of samples; null where they are left out.</summary>
    public long[]? Integers(int input)
    {
        if (this[input] is null)
            return null;
        return Known(input) is Wholes { AreFixed: true } wholes
            ? Array.ConvertAll(wholes.Numbers, number => number.Number)
            : throw Node.Refusal($"whose input {input} is no list of fixed whole numbers");
    }

    /// <summary>A layer on values.</summary>
    public Value Add(Layer layer, params Value[] values) => Layers.Value.Of(Node, layer, values);

    /// <summary>An axis of the file as one of a sample's: the file's first is the samples'.</summary>
    /// <param name="axis">The axis; negative from the end.</param>
    /// <param name="value">The value that it is of.</param>
    /// <exception cref="DataException">There is no such axis, or it is the samples'.</exception>
    public int Axis(long axis, Value value) => Axis(axis, value.Dims.Count + 1);

    /// <summary>The same for a value of that many axes in the file.</summary>
    public int Axis(long axis, int rank)
    {
        long counted = axis < 0 ? axis + rank : axis;
        if (counted < 0 || counted >= rank)
            throw Node.Refusal($"with axis {axis} of a value with {rank} axes", "export it again");
        return counted > 0 ? (int)counted - 1 : throw Node.Refusal("which works along the axis of the samples, so that samples depend on each other");
    }

    private string Kind(int input) => this[input] switch
    {
        null => "left out",
        Values.Known => "a constant",
        _ => Printable.Name($"'{Node.Inputs[input]}', which depends on the samples"),
    };
}
