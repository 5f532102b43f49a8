using System.Collections.Immutable;
using System.Numerics;
using BasinVolume.Autodiff;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Data.Normalizing;
using BasinVolume.Data.Samples;
using BasinVolume.Kernels;
using BasinVolume.Report.Findings;

namespace BasinVolume.Mnist.Digits;

/// <summary>Which samples of a data set a model takes for another class.</summary>
public static class Mistakes
{
    /// <summary>Shows a model all samples of a data set.</summary>
    /// <typeparam name="T">What the device computes in.</typeparam>
    /// <param name="plan">The network with its parameters set.</param>
    /// <param name="dataset">The samples, each with one class.</param>
    /// <param name="most">How many mistakes are kept, where samples are images.</param>
    public static MistakenImages Of<T>(Plan<T> plan, Dataset dataset, int most)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(dataset);
        Matrix outputs = Evaluation.Outputs(plan, DatasetSamples.All(dataset));
        ImmutableArray<string> classes = dataset.Layout.Classes;
        var first = ImmutableArray.CreateBuilder<MistakenImage>(most);
        int total = 0;
        for (int image = 0; image < dataset.Count; image++)
        {
            int label = dataset.Labels(image)[0];
            Answer answer = Answer.Of(outputs.Row(image), plan.Network);
            if (answer.Class == label)
                continue;
            total++;
            if (first.Count < most && dataset.Layout is { IsImages: true, Shape.Dimensions: [_, var rows, var columns] })
                first.Add(new(rows, columns, [.. Levels(dataset, image)], classes[label], classes[answer.Class], answer.Probabilities?[answer.Class]));
        }

        return new(dataset.Count, total, first.ToImmutable());
    }

    // Of numbers the smallest is drawn black and the largest white.
    private static byte[] Levels(Dataset dataset, int index)
    {
        if (dataset.Layout.Elements == ElementKind.Pixels)
            return dataset.Pixels(index).ToArray();
        var numbers = new double[dataset.SampleSize];
        dataset.With(Normalization.None).Read([index], numbers.AsSpan());
        double least = numbers.Min(), range = numbers.Max() - least;
        return Array.ConvertAll(numbers, number => range > 0 ? (byte)Math.Round(byte.MaxValue * (number - least) / range) : byte.MinValue);
    }
}
