using BasinVolume.Autodiff.Networks;
using BasinVolume.Data;
using BasinVolume.Data.Samples;
using BasinVolume.Mnist.Models;

namespace BasinVolume.Benchmarks.Field;

/// <summary>Samples for a network: MNIST where it takes such images, else as many random pixels in ten classes.</summary>
internal static class FieldData
{
    private static readonly Lazy<DataParts> Images = new(() => DataFiles.Load(Path.Combine("data", "mnist")));

    /// <summary>Training samples, at least <paramref name="count"/>; no test samples.</summary>
    public static DataParts For(Network network, int count)
        => network.Input.Equals(ModelFrame.Mnist.Input)
            ? Images.Value with { Test = null }
            : Images.Value with { Training = Random(network.Input, count), Test = null };

    private static Dataset Random(Shape shape, int count)
    {
        var random = new Random(1);
        var levels = new byte[count * shape.Size];
        random.NextBytes(levels);
        int[] labels = [.. Enumerable.Range(0, count).Select(_ => random.Next(10))];
        return Dataset.OfPixels(new DataLayout(shape, ElementKind.Pixels) { Classes = [.. Enumerable.Range(0, 10).Select(c => $"{c}")] }, levels, labels);
    }
}
