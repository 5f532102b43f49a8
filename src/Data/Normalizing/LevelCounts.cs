using BasinVolume.Interop;

namespace BasinVolume.Data.Normalizing;

/// <summary>How often each level 0 … 255 came in each channel of some images.</summary>
/// <param name="channels">Into how many equal parts an image falls, each with numbers of its own.</param>
public sealed class LevelCounts(int channels)
{
    private const int Levels = byte.MaxValue + 1;

    // Neighbours are often alike, and to count one level twice means to wait for the first time; in tables side by side they do not wait.
    private const int Tables = 4;

    private readonly long[][] _counts = [.. Enumerable.Range(0, channels).Select(_ => new long[Tables * Levels])];

    /// <summary>Counts an image.</summary>
    public void Add(ReadOnlySpan<byte> image)
    {
        int size = image.Length / channels;
        for (int channel = 0; channel < channels; channel++)
            Add(image.Slice(channel * size, size), _counts[channel]);
    }

    /// <summary>
    /// Mean and standard deviation on the scale 0 … 1: mean = Σ cₗ l / (255 N), variance = Σ cₗ (l/255 − mean)² / N, over all pixels of a channel.
    /// </summary>
    /// <exception cref="DataException">All pixels are the same, so that nothing can be divided by their deviation.</exception>
    public Normalization Normalization()
    {
        long[][] counts = Array.ConvertAll(_counts, Sum);
        double[] means = Array.ConvertAll(counts, count => Average(count, level => level / 255.0));
        double[] deviations = [.. counts.Select((count, c) => Math.Sqrt(Average(count, level => ((level / 255.0) - means[c]) * ((level / 255.0) - means[c]))))];
        return Normalizing.Normalization.TryCreate(means, deviations, out Normalization? normalization)
            ? normalization
            : throw new DataException(
                "All pixels of these images are the same, so that their standard deviation is 0; "
                + "give other images, or say with --normalize how pixels become inputs.");
    }

    private static void Add(ReadOnlySpan<byte> levels, long[] counts)
    {
        for (int i = 0; i < levels.Length; i++)
            counts[((i & (Tables - 1)) * Levels) + levels[i]]++;
    }

    private static long[] Sum(long[] tables)
        => [.. Enumerable.Range(0, Levels).Select(level => Enumerable.Range(0, Tables).Sum(table => tables[(table * Levels) + level]))];

    private static double Average(long[] counts, Func<int, double> value)
    {
        double sum = 0;
        for (int level = 0; level < counts.Length; level++)
            sum += counts[level] * value(level);
        return sum / counts.Sum();
    }
}
