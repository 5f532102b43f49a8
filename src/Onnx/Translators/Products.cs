using BasinVolume.Onnx.Layers;
using BasinVolume.Onnx.Values;

namespace BasinVolume.Onnx.Translators;

/// <summary>Matrix products: with a constant they are linear layers, whose weight the engine has as [outputs, inputs].</summary>
internal static class Products
{
    // y = α x B + β c. With α = β = 1 the parameters are B and c; other factors stay beside them, so that the parameters are still the file's.
    public static object Gemm(NodeContext at)
    {
        double alpha = at.Node.Real("alpha", 1), beta = at.Node.Real("beta", 1);
        if (at.Node.Integer("transA", 0) != 0)
            throw at.Node.Refusal("with transA 1, so that samples would be columns");
        Value x = at.Value(0);
        Reals matrix = at.Reals(1);
        if (x.Dims.Count != 1 || matrix.Dims.Count != 2)
            throw at.Node.Refusal($"of samples of shape {x.Shape} with a matrix of shape [{string.Join(", ", matrix.Dims)}], expected lists and a matrix");
        Value y = Linear(at, x, at.Node.Integer("transB", 0) != 0 ? matrix : Transposed(matrix));
        if (at.OptionalReals(2) is not { } c || beta == 0)
            return Times(at, y, alpha);
        if (alpha == 1 && beta == 1 && c.Count == y.Size && c.Dims is [.., var last] && last == y.Size)
            return at.Add(((LinearLayer)y.Layer!) with { Bias = (Reals)c.As([y.Size]) }, x);
        return Times(at, Sums.Plus(at, Times(at, y, alpha / beta), c), beta);
    }

    public static object MatMul(NodeContext at)
    {
        if (at[0] is Known)
            throw at.Node.Refusal("with the constant on the left, so that samples would be columns", "write the product as x @ W");
        Value x = at.Value(0);
        if (at[1] is Value y)
            return OfValues(at, x, y);
        Reals matrix = at.Reals(1);
        return x.Dims.Count > 0 && matrix.Dims.Count == 2
            ? Linear(at, x, Transposed(matrix))
            : throw at.Node.Refusal($"of samples of shape {x.Shape} with a constant of shape [{string.Join(", ", matrix.Dims)}], expected a matrix");
    }

    private static Value OfValues(NodeContext at, Value x, Value y)
        => x.Dims.Count >= 2 && x.Dims.Count == y.Dims.Count && x.Dims[^1] == y.Dims[^2] && x.Dims.SkipLast(2).SequenceEqual(y.Dims.SkipLast(2))
            ? at.Add(new MatrixProductLayer(TransposesFirst: false, TransposesSecond: false, Factor: 1), x, y)
            : throw at.Node.Refusal($"of two values with samples of shapes {x.Shape} and {y.Shape}, expected matrices under the same dimensions");

    private static Value Linear(NodeContext at, Value x, Reals weight)
        => weight.Dims[1] == x.Dims[^1]
            ? at.Add(new LinearLayer(weight, Bias: null), x)
            : throw at.Node.Refusal($"of samples of shape {x.Shape} with a matrix for {weight.Dims[1]} elements", "export it again");

    private static Value Times(NodeContext at, Value x, double factor) => factor == 1 ? x : at.Add(new TimesPart(new Reals([], [factor], 64)), x);

    private static Reals Transposed(Reals matrix)
        => (Reals)matrix.Pick([matrix.Dims[1], matrix.Dims[0]], Indexing.Places([matrix.Dims[1], matrix.Dims[0]], [1, matrix.Dims[1]]));
}
