using BasinVolume.Autodiff.Networks;
using BasinVolume.Basins.Weights;
using BasinVolume.Data;
using BasinVolume.Data.Samples;
using BasinVolume.Data.Subsets;
using BasinVolume.Interop.Arrays;
using BasinVolume.Interop.Weights;
using BasinVolume.Mnist.Models;

namespace BasinVolume.Mnist.Tests.Reference;

/// <summary>PyTorch's numbers (Fixtures/README.md says how they were made), and what they were computed from.</summary>
internal static class PyTorch
{
    private static readonly Lazy<DataParts> Images = new(() => DataFiles.Load(Path.Combine(TestFiles.RepositoryRoot(), "data", "mnist")));

    public static DataParts Data => Images.Value;

    public static Network Network { get; } = ReadyMade.Notebook();

    /// <summary>numpy.random.seed(2022); numpy.random.randint(60000, size=1500).</summary>
    public static int[] Indices { get; } = SubsetSampler.Draw(60000, 1500, new NumpyRandom(2022), Sampling.WithReplacement);

    public static double[] Numbers(string name) => Npy.Read(TestFiles.Fixture("Reference", name + ".npy")).AsDoubles();

    public static double[] Weights(string name) => TensorFolder.Read(TestFiles.Fixture("Reference", Path.Combine("weights", name)), NetworkTensors.Of(Network));

    public static DatasetSamples Samples(Weighting weighting) => new(Data.Training, Indices, SampleWeights.Of(weighting, Indices.Length, batchSize: 64));

    /// <summary>Samples few enough for a simulator of a GPU.</summary>
    public static DatasetSamples FewSamples(int count) => new(Data.Training, Indices[..count], SampleWeights.Mean(count));
}
