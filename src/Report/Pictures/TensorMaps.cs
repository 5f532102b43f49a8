using System.Collections.Immutable;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Operators;

namespace BasinVolume.Report.Pictures;

/// <summary>
/// A tensor of parameters as maps of two dimensions, each a stretch of the vector of all parameters: a convolution's kernels;
/// for a linear layer behind images (a reshape of channels x height x width), an image for each output and channel; any other matrix whole; a bias as one row.
/// </summary>
/// <param name="Name">The tensor's.</param>
/// <param name="Offset">Where it begins in the vector of all parameters.</param>
/// <param name="Size">Elements of the tensor.</param>
/// <param name="Count">How many maps it is.</param>
/// <param name="Rows">Of a map.</param>
/// <param name="Columns">Of a map.</param>
public sealed record TensorMaps(string Name, int Offset, int Size, int Count, int Rows, int Columns)
{
    /// <summary>All tensors of a network, in their order.</summary>
    public static ImmutableArray<TensorMaps> Of(Network network) => [.. network.Parameters.Select(parameter => Of(network, parameter))];

    /// <summary>The elements of a map.</summary>
    /// <param name="vector">A vector of all parameters.</param>
    /// <param name="index">Which map.</param>
    public double[,] Values(ReadOnlySpan<double> vector, int index)
    {
        var values = new double[Rows, Columns];
        int first = Offset + (index * Rows * Columns);
        for (int i = 0; i < values.Length; i++)
            values[i / Columns, i % Columns] = vector[first + i];
        return values;
    }

    /// <summary>The tensor's elements in a vector of all parameters.</summary>
    public ReadOnlySpan<double> Part(ReadOnlySpan<double> vector) => vector.Slice(Offset, Size);

    private static TensorMaps Of(Network network, Parameter parameter)
    {
        ImmutableArray<int> shape = parameter.Shape.Dimensions;
        (int rows, int columns) = shape.Length switch
        {
            4 => (shape[2], shape[3]),
            2 when ImageBehind(network, parameter) is { } image => (image.Dimensions[1], image.Dimensions[2]),
            2 => (shape[0], shape[1]),
            _ => (1, parameter.Size),
        };
        return new(parameter.Name, parameter.Offset, parameter.Size, parameter.Size / (rows * columns), rows, columns);
    }

    // The shape that the inputs of a linear layer had before they were put in a row.
    private static Shape? ImageBehind(Network network, Parameter parameter)
    {
        int input = network.Nodes[parameter.Node].Inputs[0];
        return input > 0
            && network.Nodes[input - 1].Operator is Reshape { Inputs: [{ Dimensions.Length: 3 } shape] }
            && shape.Size * parameter.Shape.Dimensions[0] == parameter.Size
            ? shape
            : null;
    }
}
