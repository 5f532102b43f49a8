using BasinVolume.Autodiff.Networks;

namespace BasinVolume.Autodiff.Tests.Harness;

/// <summary>
/// Inputs and parameters of an operator as one vector z = (x₀, x₁, …, w₀, w₁, …), each input with all its samples:
/// adjoints and tangents of everything are vectors of the same layout, so that one inner product covers all of them.
/// </summary>
internal sealed class Point(Operator @operator, int samples)
{
    /// <summary>Elements of each block.</summary>
    public int[] Lengths { get; } =
        [.. @operator.Inputs.Select(shape => samples * shape.Size), .. @operator.Parameters.Select(parameter => parameter.Shape.Size)];

    public int Length => Lengths.Sum();

    /// <summary>The block of input <paramref name="number"/>, or behind the inputs of a parameter.</summary>
    public Span<double> Block(double[] z, int number) => z.AsSpan(Lengths.Take(number).Sum(), Lengths[number]);

    /// <summary>The block of parameter <paramref name="number"/>.</summary>
    public Span<double> Parameter(double[] z, int number) => Block(z, @operator.Inputs.Count + number);

    /// <summary>The blocks of all inputs.</summary>
    public double[] InputsOf(double[] z) => z[..Lengths.Take(@operator.Inputs.Count).Sum()];

    /// <summary>Input <paramref name="number"/> of one sample.</summary>
    public double[] Input(double[] z, int number, int sample)
    {
        int size = @operator.Inputs[number].Size;
        return Block(z, number).Slice(sample * size, size).ToArray();
    }

    /// <summary>y of all samples by a reference for one.</summary>
    public double[] Evaluate(Func<double[][], double[][], double[]> reference, double[] z)
    {
        double[][] parameters = [.. @operator.Parameters.Select((_, number) => Parameter(z, number).ToArray())];
        return [.. Enumerable.Range(0, samples).SelectMany(s => reference([.. @operator.Inputs.Select((_, i) => Input(z, i, s))], parameters))];
    }

    /// <summary>Normal elements that float holds exactly, so that every precision starts from the same numbers.</summary>
    public static double[] Normals(Random random, int count) => Exact(ArraySamples.Normals(random, count));

    public static double[] Exact(double[] values) => Array.ConvertAll(values, value => (double)(float)value);
}
