using BasinVolume.Interop;

namespace BasinVolume.Data.Subsets;

/// <summary>Draws the indices of a subset, exactly as NumPy's legacy functions draw them from the same seed.</summary>
public static class SubsetSampler
{
    /// <summary>Indices of a subset, in the order drawn.</summary>
    /// <param name="population">Size N of the whole set, at least 1.</param>
    /// <param name="size">Number k of indices, at least 1; without replacement at most N. Of no meaning where all are taken.</param>
    /// <param name="random">The stream that is drawn from; a fresh one gives what NumPy gives right after <c>numpy.random.seed</c>.</param>
    /// <param name="sampling">With or without replacement, or all of them.</param>
    /// <returns>k indices, or N where all are taken, each 0 … N − 1.</returns>
    /// <exception cref="DataException">A number is out of its range.</exception>
    public static int[] Draw(int population, int size, NumpyRandom random, Sampling sampling)
    {
        if (population < 1)
            throw new DataException($"A subset cannot be drawn from {population} samples; give data with at least one.");
        if (size < 1)
            throw new DataException($"A subset of {size} samples was asked for: expected at least 1; ask for more.");
        ArgumentNullException.ThrowIfNull(random);
        return sampling switch
        {
            Sampling.WithReplacement => DrawEach(random, population, size),
            Sampling.WithoutReplacement => Shuffle(random, population, size),
            Sampling.All => [.. Enumerable.Range(0, population)],
            _ => throw new ArgumentOutOfRangeException(nameof(sampling), sampling, "No such way of sampling."),
        };
    }

    // numpy.random.randint(population, size=size)
    private static int[] DrawEach(NumpyRandom random, int population, int size)
    {
        var indices = new int[size];
        for (int i = 0; i < size; i++)
            indices[i] = random.NextBelow(population);
        return indices;
    }

    // numpy.random.permutation(population)[:size]; all of it is shuffled, because the first places are settled last.
    private static int[] Shuffle(NumpyRandom random, int population, int size)
    {
        if (size > population)
            throw new DataException(
                $"A subset of {size} different samples was asked for, but there are {population}; ask for fewer, or sample with replacement.");
        int[] indices = [.. Enumerable.Range(0, population)];
        for (int i = population - 1; i > 0; i--)
        {
            int j = random.NextBelow(i + 1);
            (indices[i], indices[j]) = (indices[j], indices[i]);
        }

        return indices[..size];
    }
}
