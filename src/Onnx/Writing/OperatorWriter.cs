using System.Collections.Immutable;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Operators;
using BasinVolume.Kernels;

namespace BasinVolume.Onnx.Writing;

/// <summary>An operator of the engine as operators of ONNX, the first axis being the samples'.</summary>
internal static class OperatorWriter
{
    /// <summary>Writes an operator.</summary>
    /// <param name="writer">Takes the nodes.</param>
    /// <param name="op">The operator.</param>
    /// <param name="names">What its parameters are called; of tied ones it is the name of the first.</param>
    /// <param name="x">The names of its inputs.</param>
    /// <returns>The name of its output.</returns>
    /// <exception cref="NetworkException">ONNX has no such operator.</exception>
    public static string Write(GraphWriter writer, Operator op, string[] names, string[] x) => op switch
    {
        Convolution convolution => Convolved(writer, convolution, names, x[0]),
        Linear linear => Multiplied(writer, linear, names, x[0]),
        MaxPool pool => writer.Node(
            "MaxPool", x, [.. Sides(pool.Shape.Rows, pool.Shape.Columns), ("ceil_mode", pool.Shape.Rows.Ceil || pool.Shape.Columns.Ceil ? 1 : 0)]),
        AveragePool pool => Averaged(writer, pool, x[0]),
        GlobalAverage { Shape.Dimensions.Length: 1 } => x[0],
        GlobalAverage average => writer.Node(
            "ReduceMean", x, ("axes", (int[])[.. Enumerable.Range(2, average.Inputs[0].Dimensions.Length - 1)]), ("keepdims", 0)),
        Scale scale => writer.Node("Mul", [x[0], Spread(writer, names[0], scale.Parameters[0].Shape, scale.Output, scale.Rows)]),
        Bias bias => writer.Node("Add", [x[0], Spread(writer, names[0], bias.Parameters[0].Shape, bias.Output, bias.Rows)]),
        Affine affine => Mapped(writer, affine, x[0]),
        RowStandardization layer => Standardised(writer, layer, x[0]),
        Softmax => writer.Node("Softmax", x, ("axis", -1)),
        CausalMask mask => writer.Node("Add", [x[0], Triangle(writer, mask.Output)]),
        Embedding => writer.Node("Gather", [names[0], x[0]]),
        Reshape { Output.Dimensions.Length: 1 } => writer.Node("Flatten", x),
        Reshape reshape => writer.Node("Reshape", [x[0], writer.Integers([-1, .. reshape.Output.Dimensions])]),
        Transpose transpose => writer.Node("Transpose", x, ("perm", (int[])[0, .. transpose.Axes.Select(axis => axis + 1)])),
        Slice slice => Part(writer, slice, x[0]),
        Sum => writer.Node(x.Length == 2 ? "Add" : "Sum", x),
        Product => writer.Node("Mul", x),
        MatrixProduct product => Multiplied(writer, product, x),
        Concatenation => writer.Node("Concat", x, ("axis", 1)),
        Unused => x[0],
        _ => PointwiseWriter.Write(writer, op, x[0]),
    };

    private static string Convolved(GraphWriter writer, Convolution convolution, string[] names, string x)
    {
        ConvolutionShape shape = convolution.Shape;
        Window rows = Side(shape.KernelHeight, shape.RowStride, shape.Top, shape.RowDilation, shape.InputHeight, shape.OutputHeight);
        Window columns = Side(shape.KernelWidth, shape.ColumnStride, shape.Left, shape.ColumnDilation, shape.InputWidth, shape.OutputWidth);
        return writer.Node("Conv", [x, .. names], [.. Sides(rows, columns), ("group", shape.Groups)]);
    }

    // The padding behind is what the last kernel needs; as much as before, where that gives as many.
    private static Window Side(int size, int stride, int before, int dilation, int input, int outputs)
    {
        var window = new Window(size, stride, before, 0, dilation);
        long least = Math.Max(0, ((outputs - 1L) * stride) + window.Span - input - before);
        bool isEven = before >= least && (input + (2L * before) - window.Span) / stride == outputs - 1;
        return window with { After = isEven ? before : (int)least };
    }

    private static string Part(GraphWriter writer, Slice slice, string x)
    {
        int end = slice.First + slice.Output.Dimensions[slice.Dimension];
        return writer.Node("Slice", [x, writer.Integers(slice.First), writer.Integers(end), writer.Integers(slice.Dimension + 1)]);
    }

    // A list is a row of Gemm's; of more dimensions the last is multiplied.
    private static string Multiplied(GraphWriter writer, Linear linear, string[] names, string x)
    {
        if (linear.Output.Dimensions.Length == 1)
            return writer.Node("Gemm", [x, .. names], ("transB", 1));
        string y = writer.Node("MatMul", [x, writer.Node("Transpose", [names[0]], ("perm", (int[])[1, 0]))]);
        return linear.HasBias ? writer.Node("Add", [y, names[1]]) : y;
    }

    private static string Multiplied(GraphWriter writer, MatrixProduct product, string[] x)
    {
        string first = product.TransposesFirst ? Turned(writer, product.Inputs[0], x[0]) : x[0];
        string second = product.TransposesSecond ? Turned(writer, product.Inputs[1], x[1]) : x[1];
        string y = writer.Node("MatMul", [first, second]);
        return product.Factor == 1 ? y : writer.Node("Mul", [y, writer.Constant(product.Factor)]);
    }

    private static string Turned(GraphWriter writer, Shape shape, string x)
    {
        int rank = shape.Dimensions.Length + 1;
        return writer.Node("Transpose", [x], ("perm", (int[])[.. Enumerable.Range(0, rank - 2), rank - 1, rank - 2]));
    }

    // Each window is divided by all of its pixels, wherever they lie. A last window that is not whole is made so by padding.
    private static string Averaged(GraphWriter writer, AveragePool pool, string x)
    {
        Window rows = Whole(pool.Shape.Rows, pool.Shape.InputHeight, pool.Shape.OutputHeight);
        Window columns = Whole(pool.Shape.Columns, pool.Shape.InputWidth, pool.Shape.OutputWidth);
        if (rows.Dilation != 1 || columns.Dilation != 1)
            throw new NetworkException("An average-pool with dilation cannot be written as ONNX, whose version 17 has none; write the network without it.");
        (string, object)[] sides = [.. Sides(rows, columns).Where(side => side.Item1 != "dilations")];
        return writer.Node("AveragePool", [x], [.. sides, ("count_include_pad", 1)]);
    }

    private static Window Whole(Window window, int size, int outputs)
        => window.Ceil ? window with { Ceil = false, After = (int)(((outputs - 1L) * window.Stride) + window.Span - size - window.Before) } : window;

    private static (string, object)[] Sides(Window rows, Window columns) =>
    [
        ("kernel_shape", (int[])[rows.Size, columns.Size]), ("strides", (int[])[rows.Stride, columns.Stride]),
        ("pads", (int[])[rows.Before, columns.Before, rows.After, columns.After]), ("dilations", (int[])[rows.Dilation, columns.Dilation]),
    ];

    // A parameter meets the dimensions behind the rows; behind it are pixels.
    private static string Spread(GraphWriter writer, string parameter, Shape shape, Shape sample, int rows)
    {
        int lead = 0;
        for (int before = 1; before < rows; before *= sample.Dimensions[lead++])
        {
        }

        int behind = sample.Dimensions.Length - lead - shape.Dimensions.Length;
        return behind == 0
            ? parameter
            : writer.Node("Reshape", [parameter, writer.Integers([.. shape.Dimensions, .. Enumerable.Repeat(1, behind)])]);
    }

    private static string Mapped(GraphWriter writer, Affine affine, string x)
    {
        int[] dims = [.. affine.Output.Dimensions];
        string y = affine.Factors.Any(factor => factor != 1) ? writer.Node("Mul", [x, Shortest(writer, dims, affine.Factors)]) : x;
        return affine.Shifts.Any(shift => shift != 0) ? writer.Node("Add", [y, Shortest(writer, dims, affine.Shifts)]) : y;
    }

    private static string Shortest(GraphWriter writer, int[] dims, ImmutableArray<double> values)
        => values.All(value => value == values[0]) ? writer.Constant(values[0]) : writer.Constant(dims, values.AsSpan());

    // (x − ⟨x⟩) / √(⟨(x − ⟨x⟩)²⟩ + ε)
    private static string Standardised(GraphWriter writer, RowStandardization layer, string x)
    {
        int[] axes = [.. Enumerable.Range(-layer.Dimensions, layer.Dimensions)];
        string difference = writer.Node("Sub", [x, writer.Node("ReduceMean", [x], ("axes", axes))]);
        string variance = writer.Node("ReduceMean", [writer.Node("Mul", [difference, difference])], ("axes", axes));
        return writer.Node("Div", [difference, writer.Node("Sqrt", [writer.Node("Add", [variance, writer.Constant(layer.Epsilon)])])]);
    }

    private static string Triangle(GraphWriter writer, Shape shape)
    {
        int rows = shape.Dimensions[^2], columns = shape.Dimensions[^1];
        double[] mask = [.. Enumerable.Range(0, rows * columns).Select(i => i % columns > i / columns ? double.NegativeInfinity : 0)];
        return writer.Constant([rows, columns], mask);
    }
}
