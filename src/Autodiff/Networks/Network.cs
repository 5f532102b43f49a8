using System.Collections.Immutable;
using BasinVolume.Kernels;

namespace BasinVolume.Autodiff.Networks;

/// <summary>
/// A network: a graph of operators in an order in which every value is computed before it is used, ending in a loss.
/// It is validated when it is made, knows no device and no numbers.
/// Parameters follow the order of the nodes, as PyTorch's follow the order of the modules.
/// </summary>
public sealed class Network
{
    // Layers that a line has room for.
    private const int MostSaid = 8;

    private readonly IReadOnlyDictionary<string, string> _tied;

    /// <summary>Makes a network and validates it.</summary>
    /// <param name="input">The shape of one sample.</param>
    /// <param name="nodes">The operators in order; the last one is the loss.</param>
    /// <param name="tied">
    /// For the names of tensors that are no parameters of their own the names of those that they are, each of an operator before.
    /// </param>
    /// <exception cref="NetworkException">
    /// Shapes do not meet, a tensor is tied to what it cannot be, a parameter's name is used twice or cannot be a file's (<see cref="FileName"/>), a value is
    /// never used, the last node is not a loss, or parameters or what is kept of a sample are more than an array holds.
    /// </exception>
    public Network(Shape input, ImmutableArray<Node> nodes, IReadOnlyDictionary<string, string>? tied = null)
    {
        ArgumentNullException.ThrowIfNull(input);
        Input = input;
        Nodes = nodes;
        Values = [input, .. nodes.Select(node => node.Operator.Output)];
        CheckShapes();
        CheckUse();
        TokenCount = CountTokens();
        _tied = tied ?? ImmutableDictionary<string, string>.Empty;
        ParameterPlaces places = ParameterPlaces.Of(nodes, _tied);
        (Parameters, ParametersOfNodes, TiedUses) = (places.Parameters, places.OfNodes, places.TiedUses);
        if (Parameters.IsEmpty)
            throw new NetworkException(
                "The network has no parameters, so there is nothing to differentiate by; give it a layer that has some, such as a linear one.");
        ParameterCount = Parameters[^1].Offset + Parameters[^1].Size;
        Buffers = [.. nodes.SelectMany(node => node.Operator.Buffers)];
        CheckBuffers();
        CheckSample();
    }

    /// <summary>The shape of one sample.</summary>
    public Shape Input { get; }

    /// <summary>The operators in order.</summary>
    public ImmutableArray<Node> Nodes { get; }

    /// <summary>The shapes of all values of one sample: the input's, then each node's output's.</summary>
    public ImmutableArray<Shape> Values { get; }

    /// <summary>All parameter tensors in PyTorch's order.</summary>
    public ImmutableArray<Parameter> Parameters { get; }

    /// <summary>All numbers besides the parameters that a checkpoint holds, in the order of the nodes.</summary>
    public ImmutableArray<BufferTensor> Buffers { get; }

    /// <summary>
    /// For each node the parameter tensors that its operator takes, in the operator's order. A tensor that several nodes take belongs to the first of them.
    /// </summary>
    public ImmutableArray<ImmutableArray<Parameter>> ParametersOfNodes { get; }

    /// <summary>Where a tensor is taken once more than by the node that it belongs to: tied weights.</summary>
    public ImmutableArray<TiedUse> TiedUses { get; }

    /// <summary>n, the number of scalar parameters.</summary>
    public int ParameterCount { get; }

    /// <summary>How many tokens the elements of the input name, if an operator takes them as tokens; else 0.</summary>
    public int TokenCount { get; }

    /// <summary>The loss at the end.</summary>
    public Loss Loss => (Loss)Nodes[^1].Operator;

    /// <summary>The number of the value that the loss takes: the network's output.</summary>
    public int OutputValue => Nodes[^1].Inputs[0];

    /// <summary>Its layers, the first and the last of many, and how many parameters they have.</summary>
    public override string ToString()
    {
        string[] layers = [.. Nodes.Select(node => node.Operator.Description)];
        IEnumerable<string> said = layers.Length <= MostSaid ? layers : [.. layers[..(MostSaid - 2)], $"… {layers.Length - MostSaid + 1} more …", layers[^1]];
        return $"{string.Join(" → ", said.Prepend(Input.ToString()))}: {ParameterCount} parameters";
    }

    /// <summary>The same network with other numbers in its buffers.</summary>
    /// <param name="values">Gives the numbers of each.</param>
    /// <exception cref="NetworkException">There are not as many as the buffer has elements, or its operator cannot have them.</exception>
    public Network WithBuffers(Func<BufferTensor, ImmutableArray<double>> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return Buffers.IsEmpty
            ? this
            : new(
                Input,
                [.. Nodes.Select(node => node with { Operator = node.Operator.WithBuffers([.. node.Operator.Buffers.Select(values)]) })],
                _tied);
    }

    /// <summary>Whether a node takes a tensor that is taken elsewhere too.</summary>
    /// <param name="node">Its number.</param>
    public bool HasTies(int node) => ParametersOfNodes[node].Any(parameter => TiedUses.Any(use => ReferenceEquals(use.Parameter, parameter)));

    /// <summary>
    /// Whether a tensor is a matrix that multiplies its node's input, and nothing but that: then its own block of the Hessian is
    /// <see cref="Operator.MultipliesInput"/>'s. A node with tied tensors has other terms besides.
    /// </summary>
    /// <param name="parameter">One of <see cref="Parameters"/>.</param>
    public bool MultipliesInput(Parameter parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        return Nodes[parameter.Node].Operator.MultipliesInput(parameter.Number) && !HasTies(parameter.Node);
    }

    private void CheckBuffers()
    {
        HashSet<string> names = new(Parameters.Select(parameter => parameter.Name), StringComparer.Ordinal);
        foreach (BufferTensor buffer in Buffers)
        {
            if (FileName.FaultOf(buffer.Name) is { } fault)
                throw new NetworkException(
                    $"The buffer '{Printable.Name(buffer.Name)}' {fault}, but buffers' names are names of files as well; give its layer another name.");
            if (!names.Add(buffer.Name))
                throw new NetworkException($"Two tensors are called '{buffer.Name}'; give each layer a name of its own.");
        }
    }

    private void CheckShapes()
    {
        for (int n = 0; n < Nodes.Length; n++)
        {
            Node node = Nodes[n];
            string name = $"Node {n} ({node.Operator.Description})";
            if (node.Inputs.Length != node.Operator.Inputs.Count)
                throw new NetworkException($"{name} takes {node.Operator.Inputs.Count} input(s), but {node.Inputs.Length} are connected.");
            for (int i = 0; i < node.Inputs.Length; i++)
            {
                int value = node.Inputs[i];
                if (value < 0 || value > n)
                    throw new NetworkException($"{name} takes value {value}, which is not computed before it; only values 0 to {n} are.");
                if (!Values[value].Equals(node.Operator.Inputs[i]))
                    throw new NetworkException(
                        $"{name} expects an input of shape {node.Operator.Inputs[i]}, but value {value} has shape {Values[value]}; "
                        + $"change the operator or what comes before it.");
            }
        }
    }

    private void CheckUse()
    {
        if (Nodes.IsEmpty || Nodes[^1].Operator is not Networks.Loss)
            throw new NetworkException(
                "The network does not end in a loss, so nothing can be differentiated; end it with a softmax loss or a mean squared loss.");
        HashSet<int> used = [.. Nodes.SelectMany(node => node.Inputs)];
        for (int n = 0; n < Nodes.Length - 1; n++)
        {
            if (Nodes[n].Operator is Networks.Loss)
                throw new NetworkException($"Node {n} is a loss, but only the last node ({Nodes.Length - 1}) may be one.");
            if (!used.Contains(n + 1))
                throw new NetworkException($"Nothing uses the output of node {n} ({Nodes[n].Operator.Description}); remove it or connect it to the loss.");
        }
    }

    // The fewest of all operators that take tokens.
    private int CountTokens()
    {
        int count = 0;
        foreach (Node node in Nodes.Where(node => node.Operator.TokenCount > 0))
        {
            if (node.Inputs.Any(value => value != 0))
                throw new NetworkException($"{node.Operator.Description} takes tokens and must take the network's input; nothing that is computed is a token.");
            count = count == 0 ? node.Operator.TokenCount : Math.Min(count, node.Operator.TokenCount);
        }

        return count;
    }

    // From here on sizes are counted in 32 bits for a sample, and in 64 for several.
    private void CheckSample()
    {
        long values = Values.Sum(shape => 2L * shape.Size), saved = Nodes.Sum(node => node.Operator.SavedLength + node.Operator.SavedIndices);
        if (values > Array.MaxLength || saved > Array.MaxLength - values)
            throw new NetworkException(
                $"The passes of this network keep {values} elements of values and {saved} of what its operators save for one sample; "
                + $"one array holds at most {Array.MaxLength}, so take smaller layers.");
    }
}
