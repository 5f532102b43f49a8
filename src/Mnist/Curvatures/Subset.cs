using BasinVolume.Mnist.Data;
using BasinVolume.Mnist.Formats;

namespace BasinVolume.Mnist.Curvatures;

/// <summary>Which training images a run uses: drawn, or read from a file.</summary>
public static class Subset
{
    /// <summary>The indices that the options ask for.</summary>
    /// <param name="options">What was asked.</param>
    /// <param name="population">Number of training images.</param>
    /// <param name="random">The run's stream; a subset from a file takes nothing from it.</param>
    /// <exception cref="DataException">More are wanted than there are, or the file holds no indices of training images.</exception>
    public static int[] Choose(CurvatureOptions options, int population, NumpyRandom random)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.IndicesFile is null
            ? SubsetSampler.Draw(population, options.Samples, random, options.Sampling)
            : Read(options.IndicesFile, population);
    }

    /// <summary>The indices in a file.</summary>
    /// <exception cref="DataException">It holds no indices of training images.</exception>
    public static int[] Read(string file, int population)
    {
        NpyArray array = Npy.Read(file);
        if (array.Shape.Count != 1 || array.Count == 0)
            throw new DataException($"{file} holds an array of shape ({string.Join(", ", array.Shape)}), expected one dimension of at least one index; save the indices as a flat array.");
        long[] indices = array.AsInt64();
        int bad = Array.FindIndex(indices, index => index < 0 || index >= population);
        if (bad >= 0)
            throw new DataException($"{file} has the index {indices[bad]} at position {bad}, but there are {population} training images: expected 0 to {population - 1}; give indices of this data set.");
        return Array.ConvertAll(indices, index => (int)index);
    }
}
