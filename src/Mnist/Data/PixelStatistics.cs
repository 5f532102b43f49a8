using BasinVolume.Interop;

namespace BasinVolume.Mnist.Data;

/// <summary>Mean and standard deviation of pixels, on the scale 0 … 1.</summary>
internal static class PixelStatistics
{
    /// <summary>
    /// Those of some images, from the counts of their grey levels: mean = Σ cₗ l / (255 N), variance = Σ cₗ (l/255 − mean)² / N, over all pixels of a channel.
    /// </summary>
    /// <param name="dataset">The images.</param>
    /// <param name="indices">Which of them.</param>
    /// <param name="channels">Into how many equal parts an image falls, each with numbers of its own.</param>
    /// <exception cref="DataException">All pixels are the same, so that nothing can be divided by their deviation.</exception>
    public static Normalization Of(Dataset dataset, IEnumerable<int> indices, int channels)
    {
        long[][] counts = Counts(dataset, indices, channels);
        double[] means = Array.ConvertAll(counts, count => Average(count, level => level / 255.0));
        double[] deviations = [.. counts.Select((count, c) => Math.Sqrt(Average(count, level => ((level / 255.0) - means[c]) * ((level / 255.0) - means[c]))))];
        return Normalization.TryCreate(means, deviations, out Normalization? normalization)
            ? normalization
            : throw new DataException(
                "All pixels of these images are the same, so that their standard deviation is 0; "
                + "give other images, or say with --normalize how pixels become inputs.");
    }

    private static long[][] Counts(Dataset dataset, IEnumerable<int> indices, int channels)
    {
        var counts = new long[channels][];
        for (int c = 0; c < channels; c++)
            counts[c] = new long[byte.MaxValue + 1];
        int size = dataset.PixelsPerImage / channels;
        foreach (int index in indices)
        {
            ReadOnlySpan<byte> image = dataset.Image(index);
            for (int i = 0; i < image.Length; i++)
                counts[i / size][image[i]]++;
        }

        return counts;
    }

    private static double Average(long[] counts, Func<int, double> value)
    {
        double sum = 0;
        for (int level = 0; level < counts.Length; level++)
            sum += counts[level] * value(level);
        return sum / counts.Sum();
    }
}
