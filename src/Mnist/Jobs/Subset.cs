using BasinVolume.Data.Subsets;
using BasinVolume.Interop;
using BasinVolume.Interop.Arrays;

namespace BasinVolume.Mnist.Jobs;

/// <summary>Which training images a run uses: drawn, or read from a file.</summary>
public static class Subset
{
    /// <summary>The indices that the options ask for.</summary>
    /// <param name="options">What was asked.</param>
    /// <param name="population">Number of training images.</param>
    /// <param name="random">The run's stream; a subset from a file takes nothing from it.</param>
    /// <exception cref="DataException">More are wanted than there are, or the file holds no indices of training images.</exception>
    public static int[] Choose(JobOptions options, int population, NumpyRandom random)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.IndicesFile is null
            ? SubsetSampler.Draw(population, options.Samples, random, options.Sampling)
            : Read(options.IndicesFile, population);
    }

    /// <summary>The indices in a file: whole numbers, or a mask, true for each training image that is used.</summary>
    /// <exception cref="DataException">It holds neither indices of training images nor a mask of their number.</exception>
    public static int[] Read(string file, int population)
    {
        NpyArray array = Npy.Read(file);
        if (array.Shape.Count != 1 || array.Count == 0)
            throw new DataException(
                $"{file} holds an array of shape ({string.Join(", ", array.Shape)}), expected one dimension of at least one index; "
                + $"save the indices as a flat array.");
        long[] indices = array.AsInt64();
        if (array.IsBoolean)
            return Masked(indices, file, population);
        int bad = Array.FindIndex(indices, index => index < 0 || index >= population);
        if (bad >= 0)
            throw new DataException(
                $"{file} has the index {indices[bad]} at position {bad}, but there are {population} training samples: expected 0 to {population - 1}; "
                + $"give indices of this data set.");
        return Array.ConvertAll(indices, index => (int)index);
    }

    private static int[] Masked(long[] mask, string file, int population)
    {
        if (mask.Length != population)
            throw new DataException(
                $"{file} holds a mask of {mask.Length} truth values, but there are {population} training samples; give a mask of that length, "
                + $"or indices as int64.");
        int[] chosen = [.. Enumerable.Range(0, population).Where(i => mask[i] != 0)];
        return chosen.Length > 0
            ? chosen
            : throw new DataException($"{file} holds a mask of {mask.Length} truth values of which none is true; choose at least one training sample.");
    }
}
