using BasinVolume.Data.Normalizing;
using BasinVolume.Interop;

namespace BasinVolume.Data.Samples;

/// <summary>Mean and standard deviation of the elements of samples: of pixels on the scale 0 … 1, of numbers as they are.</summary>
public static class SampleStatistics
{
    /// <summary>Those of some samples; one that comes twice counts twice.</summary>
    /// <param name="dataset">The samples.</param>
    /// <param name="indices">Which of them.</param>
    /// <param name="channels">Into how many equal parts a sample falls, each with numbers of its own.</param>
    /// <exception cref="DataException">All elements of a channel are the same, so that nothing can be divided by their deviation.</exception>
    public static Normalization Of(Dataset dataset, IEnumerable<int> indices, int channels)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(indices);
        return dataset.Layout.Elements == ElementKind.Pixels
            ? OfPixels(dataset, indices, channels)
            : OfNumbers(dataset.With(Normalization.None), [.. indices], channels);
    }

    private static Normalization OfPixels(Dataset dataset, IEnumerable<int> indices, int channels)
    {
        var levels = new LevelCounts(channels);
        foreach (int index in indices)
            levels.Add(dataset.Pixels(index));
        return levels.Normalization();
    }

    // Two passes, for the difference of squares of large numbers has no digits left. A column that is the same in all samples is moved to 0 and not stretched.
    private static Normalization OfNumbers(Dataset dataset, int[] indices, int channels)
    {
        double[] means = Averages(dataset, indices, new double[channels], (x, _) => x);
        double[] deviations = Array.ConvertAll(Averages(dataset, indices, means, (x, mean) => (x - mean) * (x - mean)), Math.Sqrt);
        if (channels == dataset.SampleSize)
            deviations = Array.ConvertAll(deviations, deviation => deviation > 0 ? deviation : 1);
        return Normalization.TryCreate(means, deviations, out Normalization? normalization)
            ? normalization
            : throw new DataException(
                "All numbers of these samples are the same, so that their standard deviation is 0; "
                + "give other samples, or say with --mean and --std how they become inputs.");
    }

    private static double[] Averages(Dataset dataset, int[] indices, double[] means, Func<double, double, double> value)
    {
        var sums = new double[means.Length];
        var sample = new double[dataset.SampleSize];
        int size = sample.Length / means.Length;
        foreach (int index in indices)
        {
            dataset.Read([index], sample.AsSpan());
            for (int i = 0; i < sample.Length; i++)
                sums[i / size] += value(sample[i], means[i / size]);
        }

        return Array.ConvertAll(sums, sum => sum / ((double)indices.Length * size));
    }
}
