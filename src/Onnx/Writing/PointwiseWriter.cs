using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Operators;
using BasinVolume.Kernels.Pointwise;

namespace BasinVolume.Onnx.Writing;

/// <summary>Functions of one variable. Those that version 17 has no operator for are written in the parts that exporters of PyTorch write.</summary>
internal static class PointwiseWriter
{
    /// <summary>Writes one.</summary>
    /// <exception cref="NetworkException">ONNX has no such function.</exception>
    public static string Write(GraphWriter writer, Operator op, string x) => op switch
    {
        Pointwise<Relu> => writer.Node("Relu", [x]),
        Pointwise<LeakyRelu> => writer.Node("LeakyRelu", [x], ("alpha", 0.01)),
        Pointwise<Tanh> => writer.Node("Tanh", [x]),
        Pointwise<Sigmoid> => writer.Node("Sigmoid", [x]),
        Pointwise<Softplus> => writer.Node("Softplus", [x]),
        Pointwise<Elu> => writer.Node("Elu", [x], ("alpha", 1.0)),
        Pointwise<Silu> => writer.Node("Mul", [x, writer.Node("Sigmoid", [x])]),
        Pointwise<Gelu> => Half(writer, x, writer.Node("Erf", [writer.Node("Div", [x, writer.Constant(Math.Sqrt(2))])])),
        Pointwise<GeluTanh> => Half(writer, x, writer.Node("Tanh", [Cubic(writer, x)])),
        _ => throw new NetworkException($"{op.Description} cannot be written as ONNX, for no operator of it is known; write the network without it."),
    };

    // ½ x (1 + y)
    private static string Half(GraphWriter writer, string x, string y)
        => writer.Node("Mul", [writer.Node("Mul", [x, writer.Node("Add", [y, writer.Constant(1)])]), writer.Constant(0.5)]);

    // √(2/π) (x + 0.044715 x³)
    private static string Cubic(GraphWriter writer, string x)
    {
        string cube = writer.Node("Mul", [writer.Node("Mul", [x, x]), x]);
        string sum = writer.Node("Add", [x, writer.Node("Mul", [cube, writer.Constant(0.044715)])]);
        return writer.Node("Mul", [sum, writer.Constant(Math.Sqrt(2 / Math.PI))]);
    }
}
