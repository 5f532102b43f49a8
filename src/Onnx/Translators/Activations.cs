using BasinVolume.Kernels;
using BasinVolume.Kernels.Pointwise;
using BasinVolume.Onnx.Layers;

namespace BasinVolume.Onnx.Translators;

/// <summary>Functions of one variable. A parameter of one is taken where it is the engine's, and else refused with its value.</summary>
internal static class Activations
{
    public static object Of<TFunction>(NodeContext at)
        where TFunction : struct, IPointwise
        => at.Add(new PointwiseLayer<TFunction>(), at.Value(0));

    public static object LeakyRelu(NodeContext at)
    {
        Check(at, "alpha", usual: 0.01, taken: 0.01);
        return Of<LeakyRelu>(at);
    }

    public static object Elu(NodeContext at)
    {
        Check(at, "alpha", usual: 1, taken: 1);
        return Of<Elu>(at);
    }

    public static object Swish(NodeContext at)
    {
        Check(at, "alpha", usual: 1, taken: 1);
        return Of<Silu>(at);
    }

    public static object Gelu(NodeContext at) => at.Node.Text("approximate", "none") switch
    {
        "none" => Of<Gelu>(at),
        "tanh" => Of<GeluTanh>(at),
        var other => throw at.Node.Refusal($"with approximate '{Printable.Name(other)}', expected none or tanh"),
    };

    private static void Check(NodeContext at, string name, double usual, double taken)
    {
        if (at.Node.Real(name, usual) is var value && value != taken)
            throw at.Node.Refusal(
                FormattableString.Invariant($"with {name} {value}, and only {taken} is taken"), FormattableString.Invariant($"train it with {name} {taken}"));
    }
}
