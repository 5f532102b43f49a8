using BasinVolume.Kernels;
using BasinVolume.Onnx.Graphs;
using BasinVolume.Onnx.Layers;
using BasinVolume.Onnx.Values;

namespace BasinVolume.Onnx.Translators;

/// <summary>Convolutions and pools: windows on images. A window on a line is one on an image of one row.</summary>
internal static class Convolutions
{
    public static object Conv(NodeContext at)
    {
        Value x = at.Value(0);
        Reals weight = at.Reals(1);
        int groups = (int)Math.Clamp(at.Node.Integer("group", 1), 0, int.MaxValue);
        if (weight.Dims.Count != x.Dims.Count + 1)
            throw at.Node.Refusal($"with a kernel of {weight.Dims.Count} dimensions for a sample of shape {x.Shape}");
        return OnImage(at, x, image =>
        {
            Reals kernel = x.Dims.Count == 3 ? weight : (Reals)weight.As([weight.Dims[0], weight.Dims[1], 1, weight.Dims[2]]);
            if (groups < 1 || kernel.Dims[1] * (long)groups != image.Dims[0] || kernel.Dims[0] % groups != 0)
                throw at.Node.Refusal($"with a kernel of shape [{string.Join(", ", weight.Dims)}] in {groups} groups for a sample of shape {x.Shape}");
            Windows windows = WindowsOf(at.Node, x, [.. weight.Dims.Skip(2)], ceiling: false);
            return at.Add(new ConvolutionLayer(kernel, BiasOf(at, kernel.Dims[0]), windows, groups), image);
        });
    }

    public static object MaxPool(NodeContext at)
    {
        if (at.Node.Integer("storage_order", 0) != 0)
            throw at.Node.Refusal("with storage_order 1, which is not taken");
        Value x = at.Value(0);
        return new[] { OnImage(at, x, image => at.Add(new MaxPoolLayer(WindowsOf(at.Node, x, kernel: null, HasCeiling(at))), image)), null };
    }

    public static object AveragePool(NodeContext at)
    {
        Value x = at.Value(0);
        bool padding = at.Node.Integer("count_include_pad", 0) != 0;
        return OnImage(at, x, image => at.Add(new AveragePoolLayer(WindowsOf(at.Node, x, kernel: null, HasCeiling(at)), padding), image));
    }

    // Pads are an attribute until version 11, and an input since.
    public static object Pad(NodeContext at)
    {
        Value x = at.Value(0);
        bool old = at.Node.Opset < 11;
        double constant = old ? at.Node.Real("value", 0) : at.OptionalReals(2)?.Single ?? 0;
        if (at.Node.Text("mode", "constant") != "constant" || constant != 0)
            throw at.Node.Refusal("with something else than zeros, which is not taken");
        long[] pads = (old ? at.Node.Integers("pads") : at.Integers(1)) ?? [];
        long[] given = at.Integers(3) ?? [.. Enumerable.Range(0, x.Dims.Count + 1).Select(axis => (long)axis)];
        int[] axes = [.. given.Select(axis => (int)(axis < 0 ? axis + x.Dims.Count + 1 : axis))];
        if (pads.Length != 2 * axes.Length || pads.Any(pad => pad is < 0 or > short.MaxValue))
            throw at.Node.Refusal($"with pads [{string.Join(", ", pads.Take(8))}] for samples of shape {x.Shape}");
        var around = axes.Select((axis, i) => (axis, Before: (int)pads[i], After: (int)pads[axes.Length + i])).Where(side => side.Before + side.After > 0)
            .ToDictionary(side => side.axis);
        if (around.Count == 0)
            return x;
        if (around.Keys.Any(axis => axis < 2))
            throw at.Node.Refusal("around other axes than those of an image");
        (int Before, int After) Side(int fromLast) => around.TryGetValue(x.Dims.Count + 1 - fromLast, out var side) ? (side.Before, side.After) : default;
        return OnImage(at, x, image => at.Add(new PadPart((Side(2).Before, Side(1).Before), (Side(2).After, Side(1).After)), image));
    }

    private static bool HasCeiling(NodeContext at) => at.Node.Integer("ceil_mode", 0) != 0;

    private static Value OnImage(NodeContext at, Value x, Func<Value, Value> translate)
    {
        if (x.Dims.Count == 3)
            return translate(x);
        if (x.Dims.Count != 2)
            throw at.Node.Refusal($"on samples of shape {x.Shape}, expected images [channels, height, width] or lines [channels, length]");
        Value y = translate(at.Add(new ReshapeLayer([x.Dims[0], 1, x.Dims[1]]), x));
        return at.Add(new ReshapeLayer([y.Dims[0], y.Dims[2]]), y);
    }

    private static Reals? BiasOf(NodeContext at, int channels)
    {
        Reals? bias = at.OptionalReals(2);
        return bias is null || bias.Dims.SequenceEqual([channels])
            ? bias
            : throw at.Node.Refusal($"with a bias of shape [{string.Join(", ", bias.Dims)}] for {channels} channels", "export it again");
    }

    // auto_pad: with outputs ⌈in / stride⌉ the padding is what windows need beyond the image, shared by both sides, an odd one below (UPPER) or above (LOWER).
    private static Windows WindowsOf(GraphNode node, Value x, int[]? kernel, bool ceiling)
    {
        int[] image = [.. x.Dims.Skip(1)];
        int[] size = Numbers(node, "kernel_shape", kernel, image.Length);
        if (kernel is not null && !size.SequenceEqual(kernel))
            throw node.Refusal($"whose kernel_shape {string.Join(" x ", size)} is not that of its weights, {string.Join(" x ", kernel)}", "export it again");
        int[] ones = [.. image.Select(_ => 1)];
        int[] stride = Numbers(node, "strides", ones, image.Length), dilation = Numbers(node, "dilations", ones, image.Length);
        int[] pads = Numbers(node, "pads", new int[2 * image.Length], 2 * image.Length, least: 0);
        string auto = node.Text("auto_pad", "NOTSET");
        int[] before = [.. pads[..image.Length]], after = [.. pads[image.Length..]];
        for (int d = 0; d < image.Length && auto != "NOTSET"; d++)
        {
            long outputs = (image[d] + (long)stride[d] - 1) / stride[d];
            int all = (int)Math.Clamp(((outputs - 1) * stride[d]) + ((size[d] - 1L) * dilation[d]) + 1 - image[d], 0, int.MaxValue);
            (before[d], after[d]) = auto switch
            {
                "VALID" => (0, 0),
                "SAME_UPPER" => (all / 2, all - (all / 2)),
                "SAME_LOWER" => (all - (all / 2), all / 2),
                _ => throw node.Refusal($"with auto_pad '{Printable.Name(auto)}', which is not known", "export it again"),
            };
        }

        Window[] sides = [.. image.Select((_, d) => new Window(size[d], stride[d], before[d], after[d], dilation[d]) { Ceil = ceiling && auto == "NOTSET" })];
        return sides.Length == 2 ? new(sides[0], sides[1]) : new(new Window(1), sides[0]);
    }

    private static int[] Numbers(GraphNode node, string name, int[]? usual, int count, int least = 1)
    {
        long[]? given = node.Integers(name);
        if (given is null)
            return usual ?? throw node.Refusal($"without '{name}'", "export it again");
        return given.Length == count && given.All(number => number >= least && number <= int.MaxValue)
            ? [.. given.Select(number => (int)number)]
            : throw node.Refusal($"with {name} [{string.Join(", ", given.Take(8))}], expected {count} numbers of at least {least}", "export it again");
    }
}
