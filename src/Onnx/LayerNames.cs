using BasinVolume.Kernels;
using BasinVolume.Onnx.Layers;

namespace BasinVolume.Onnx;

/// <summary>
/// What layers are called. A parameter is called after its layer, as <c>conv1.weight</c>; where initialisers are named so, the layers get those names, and
/// parameters keep theirs. Elsewhere a layer is called after its node, or after its first initialiser.
/// </summary>
internal static class LayerNames
{
    // What frameworks hang behind the name of a layer.
    private static readonly string[] Endings =
        ["/ReadVariableOp:0", "/ReadVariableOp", "/Cast", "/MatMul", "/Conv2D", "/BiasAdd", "/Gemm", "/Conv", "/Add", "/Mul", ":0", "_MatMul_W"];

    private const int LongestName = FileName.MostBytes / 4;

    /// <summary>A name for every layer that has parameters, each once; any other layer's is of no matter.</summary>
    public static IReadOnlyList<string?> Of(IReadOnlyList<Value> values)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        return [.. values.Select(value => value.Layer is not { } layer ? null : layer.Tensors.Count == 0 ? string.Empty : Once(NameOf(value), layer, taken))];
    }

    private static string NameOf(Value value)
    {
        foreach (LayerTensor tensor in value.Layer!.Tensors)
        {
            if (tensor.Values.Origin?.Tensor is { } name && name.EndsWith($".{tensor.Suffix}", StringComparison.Ordinal)
                && FileName.FaultOf(name) is null)
                return name[..^(tensor.Suffix.Length + 1)];
        }

        string first = value.Layer.Tensors.Select(tensor => tensor.Values.Origin?.Tensor).FirstOrDefault(name => name is not null) ?? string.Empty;
        return Plain(first.Length == 0 || (value.Node!.IsNamed && IsGenerated(first)) ? value.Node!.Name : first);
    }

    // PyTorch names what it folded "onnx::MatMul_123".
    private static bool IsGenerated(string name) => name.Contains("::", StringComparison.Ordinal) || int.TryParse(name, out _);

    private static string Plain(string name)
    {
        string plain = name;
        for (int i = 0; i < Endings.Length; i++)
        {
            if (plain.Length > Endings[i].Length && plain.EndsWith(Endings[i], StringComparison.Ordinal))
            {
                plain = plain[..^Endings[i].Length];
                i = -1;
            }
        }

        // Room for what follows: the tensor's own name, and a number.
        string near = FileName.Nearest(plain.Trim('/').Replace('/', '.'));
        return near.Length > LongestName ? near[..LongestName] : near;
    }

    // Parameters' full names are what may be there once.
    private static string Once(string name, Layer layer, HashSet<string> taken)
    {
        string once = name;
        for (int i = 2; layer.Tensors.Any(tensor => taken.Contains($"{once}.{tensor.Suffix}")); i++)
            once = FormattableString.Invariant($"{name}_{i}");
        taken.UnionWith(layer.Tensors.Select(tensor => $"{once}.{tensor.Suffix}"));
        return once;
    }
}
