using BasinVolume.Interop;
using BasinVolume.Kernels;
using BasinVolume.Onnx.Schema;

namespace BasinVolume.Onnx.Graphs;

/// <summary>
/// An operator of a graph with its attributes. What is not asked of its attributes is not understood, and <see cref="CheckAttributes"/> refuses it.
/// </summary>
internal sealed class GraphNode
{
    private readonly string _source;
    private readonly NodeProto _proto;
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);

    /// <summary>A node of a file.</summary>
    /// <param name="source">What the file is called in errors.</param>
    /// <param name="proto">What the file says of it.</param>
    /// <param name="opset">Of which version its operator is.</param>
    /// <param name="place">Which node it is, in an order in which each comes after what it takes.</param>
    public GraphNode(string source, NodeProto proto, int opset, int place)
        => (_source, _proto, Opset, Place) = (source, proto, opset, place);

    /// <summary>Which node it is, in an order in which each comes after what it takes.</summary>
    public int Place { get; }

    /// <summary>What it computes; with its domain where that is not ONNX's own.</summary>
    public string Operator => _proto.Domain is "" or "ai.onnx" ? _proto.OpType : $"{_proto.Domain}.{_proto.OpType}";

    /// <summary>What it is called; what its first output is called where it has no name.</summary>
    public string Name => _proto.Name.Length > 0 || _proto.Output.Count == 0 ? _proto.Name : _proto.Output[0];

    /// <summary>Whether the file gives it a name.</summary>
    public bool IsNamed => _proto.Name.Length > 0;

    /// <summary>Of which version its operator is.</summary>
    public int Opset { get; }

    /// <summary>The values that it takes; empty where one is left out.</summary>
    public IReadOnlyList<string> Inputs => _proto.Input;

    /// <summary>The values that it gives; empty where one is left out.</summary>
    public IReadOnlyList<string> Outputs => _proto.Output;

    /// <summary>Whether there is an input of that number.</summary>
    public bool Has(int input) => input < Inputs.Count && Inputs[input].Length > 0;

    /// <summary>Why the operator is not taken: a sentence with the file, the operator and the node.</summary>
    /// <param name="why">What about it is not taken, as the rest of a sentence that begins with the operator.</param>
    /// <param name="advice">What to do.</param>
    public DataException Refusal(string why, string advice = "change the network, or export it without this operator")
        => new($"{_source} has the operator {Printable.Name(Operator)} (node '{Printable.Name(Name)}'), {why}; {advice}.");

    /// <summary>A whole number.</summary>
    public long Integer(string name, long usual) => Find(name, AttributeProto.Types.AttributeType.Int)?.I ?? usual;

    /// <summary>Whole numbers; null if there are none.</summary>
    public long[]? Integers(string name) => Find(name, AttributeProto.Types.AttributeType.Ints) is { } found ? [.. found.Ints] : null;

    /// <summary>
    /// A real number. Files keep it as a float; what is meant is the decimal number of which that is the nearest: 1e-5, not 9.99999974737875e-06.
    /// </summary>
    public double Real(string name, double usual) => Find(name, AttributeProto.Types.AttributeType.Float) is { } found ? Meant(found.F) : usual;

    /// <summary>Real numbers; null if there are none.</summary>
    public double[]? Reals(string name)
        => Find(name, AttributeProto.Types.AttributeType.Floats) is { } found ? [.. found.Floats.Select(Meant)] : null;

    /// <summary>A text.</summary>
    public string Text(string name, string usual) => Find(name, AttributeProto.Types.AttributeType.String)?.S.ToStringUtf8() ?? usual;

    /// <summary>A tensor; null if there is none.</summary>
    public TensorProto? Tensor(string name) => Find(name, AttributeProto.Types.AttributeType.Tensor)?.T;

    /// <summary>Attributes that say nothing of what is computed in evaluation.</summary>
    public void Ignore(params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
            _asked.Add(name);
    }

    /// <summary>Checks that every attribute was asked for.</summary>
    /// <exception cref="DataException">One was not, so it means something that is not known here.</exception>
    public void CheckAttributes()
    {
        if (_proto.Attribute.FirstOrDefault(attribute => !_asked.Contains(attribute.Name)) is { } unknown)
            throw Refusal($"whose attribute '{Printable.Name(unknown.Name)}' is not known");
    }

    // The shortest decimal that a float is the nearest to.
    private static double Meant(float value)
        => double.Parse(value.ToString("R", System.Globalization.CultureInfo.InvariantCulture), System.Globalization.CultureInfo.InvariantCulture);

    private AttributeProto? Find(string name, AttributeProto.Types.AttributeType type)
    {
        _asked.Add(name);
        AttributeProto? found = _proto.Attribute.FirstOrDefault(attribute => attribute.Name == name);
        if (found is null)
            return null;
        if (found.RefAttrName.Length > 0 || (found.HasType && found.Type != type))
            throw Refusal($"whose attribute '{Printable.Name(name)}' is a {found.Type}, expected a {type}", "export it again");
        return found;
    }
}
