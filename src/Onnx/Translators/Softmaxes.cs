using BasinVolume.Onnx.Layers;

namespace BasinVolume.Onnx.Translators;

/// <summary>
/// Softmax along an axis. Before version 13 all axes from the given one on were taken as one, and the usual was the first after the samples'; since then it is
/// one axis, and the usual is the last.
/// </summary>
internal static class Softmaxes
{
    public static object Softmax(NodeContext at) => Of(at, isLogarithm: false);

    public static object LogSoftmax(NodeContext at) => Of(at, isLogarithm: true);

    private static Value Of(NodeContext at, bool isLogarithm)
    {
        Value x = at.Value(0);
        int axis = at.Axis(at.Node.Integer("axis", at.Node.Opset < 13 ? 1 : -1), x);
        if (at.Node.Opset >= 13 || axis == x.Dims.Count - 1)
            return at.Add(new SoftmaxLayer(axis, isLogarithm), x);
        int[] flat = [.. x.Dims.Take(axis), x.Dims.Skip(axis).Aggregate(1, (product, size) => product * size)];
        Value soft = at.Add(new SoftmaxLayer(axis, isLogarithm), at.Add(new ReshapeLayer(flat), x));
        return at.Add(new ReshapeLayer(x.Dims), soft);
    }
}
