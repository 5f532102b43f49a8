using System.Collections.Immutable;
using BasinVolume.Kernels;

namespace BasinVolume.Autodiff.Networks;

/// <summary>The tensors of a network's operators: their places in the vector of all parameters, one after the other in the order of the nodes.</summary>
/// <param name="Parameters">All tensors.</param>
/// <param name="OfNodes">Those that each node takes.</param>
/// <param name="TiedUses">Where a node takes one of a node before.</param>
internal sealed record ParameterPlaces(
    ImmutableArray<Parameter> Parameters, ImmutableArray<ImmutableArray<Parameter>> OfNodes, ImmutableArray<TiedUse> TiedUses)
{
    /// <summary>Places them.</summary>
    /// <param name="nodes">The operators in order.</param>
    /// <param name="tied">The names of tensors that are others, and of these.</param>
    /// <exception cref="NetworkException">A name is used twice or cannot be a file's, a tie names what it cannot, or there are too many parameters.</exception>
    public static ParameterPlaces Of(ImmutableArray<Node> nodes, IReadOnlyDictionary<string, string> tied)
    {
        var named = new OrderedDictionary<string, Parameter>(StringComparer.Ordinal);
        var ofNodes = ImmutableArray.CreateBuilder<ImmutableArray<Parameter>>();
        var uses = ImmutableArray.CreateBuilder<TiedUse>();
        int offset = 0;
        for (int n = 0; n < nodes.Length; n++)
        {
            var taken = ImmutableArray.CreateBuilder<Parameter>();
            foreach (ParameterTensor tensor in nodes[n].Operator.Parameters)
            {
                CheckName(tensor.Name, named);
                Parameter parameter = tied.TryGetValue(tensor.Name, out string? other)
                    ? Tied(tensor, other, named)
                    : Placed(tensor, ref offset, n, taken.Count);
                if (parameter.Name != tensor.Name)
                    uses.Add(new(n, taken.Count, parameter));
                named.Add(tensor.Name, parameter);
                taken.Add(parameter);
            }

            ofNodes.Add(taken.ToImmutable());
        }

        if (tied.Keys.FirstOrDefault(name => !named.ContainsKey(name)) is { } missing)
            throw new NetworkException($"'{Printable.Name(missing)}' is tied, but no layer has a tensor of that name; there are {Names(named)}.");
        return new([.. named.Values.Distinct()], ofNodes.ToImmutable(), uses.ToImmutable());
    }

    private static Parameter Placed(ParameterTensor tensor, ref int offset, int node, int number)
    {
        var parameter = new Parameter(tensor.Name, tensor.Shape, offset, node, number, tensor.InitialValue);
        if (parameter.Size > Array.MaxLength - offset)
            throw new NetworkException(
                $"With '{tensor.Name}' of shape {tensor.Shape} the network has {(long)offset + parameter.Size} parameters or more; "
                + $"one array holds at most {Array.MaxLength}, so take smaller layers.");
        offset += parameter.Size;
        return parameter;
    }

    private static Parameter Tied(ParameterTensor tensor, string other, OrderedDictionary<string, Parameter> named)
    {
        if (!named.TryGetValue(other, out Parameter? parameter))
            throw new NetworkException(
                $"'{tensor.Name}' is tied to '{Printable.Name(other)}', but no layer before it has a tensor of that name; there are {Names(named)}. "
                + $"Tie the later tensor to the earlier one.");
        return parameter.Shape.Equals(tensor.Shape)
            ? parameter
            : throw new NetworkException(
                $"'{tensor.Name}' of shape {tensor.Shape} is tied to '{other}' of shape {parameter.Shape}; tied tensors have one shape.");
    }

    private static void CheckName(string name, OrderedDictionary<string, Parameter> named)
    {
        if (FileName.FaultOf(name) is { } fault)
            throw new NetworkException(
                $"The parameter '{Printable.Name(name)}' {fault}, but parameters' names are names of files as well; give its layer another name.");
        if (named.ContainsKey(name))
            throw new NetworkException($"Two parameters are called '{name}'; give each layer a name of its own.");
    }

    private static string Names(OrderedDictionary<string, Parameter> named) => Printable.List(named.Keys.Select(name => $"'{name}'"));
}
