using BasinVolume.Autodiff.Plans;
using BasinVolume.Autodiff.Training;
using BasinVolume.Basins.Losses;
using BasinVolume.Curvature.Maps;
using BasinVolume.Data.Samples;
using BasinVolume.Data.Subsets;
using BasinVolume.Interop.Arrays;
using BasinVolume.Kernels.Host;
using BasinVolume.Kernels.Threads;
using BasinVolume.Mnist.Training;

namespace BasinVolume.Benchmarks.Field;

/// <summary>
/// A network after some epochs on its own samples, as one whose curvature is asked for; its Hessian by products in float32, as others compute it, and in
/// float64; and its weights in a file, for others to read.
/// </summary>
internal sealed class TrainedNetwork : IDisposable
{
    private const int Epochs = 10;
    private const int BatchSize = 64;

    private readonly HostDevice _device = new(Environment.ProcessorCount);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("basin-volume-peers-");
    private readonly Plan<float> _single;
    private readonly Plan<double> _wide;

    public TrainedNetwork(FieldNetwork field)
    {
        _single = new Plan<float>(field.Network, _device);
        _wide = new Plan<double>(field.Network, _device);
        DataParts data = FieldData.For(field.Network, field.Samples);
        int[] indices = [.. Enumerable.Range(0, field.Samples)];
        float[] weights = new SubsetTrainer<float>(_single, data, indices, new Hyperparameters(Epochs, BatchSize, 1, 0.7, 0))
            .Run(InitialWeights.NormalByInputs(field.Network, new NumpyRandom(1).NextGaussian)).Parameters;
        _wide.SetParameters(Array.ConvertAll(weights, weight => (double)weight));
        Npy.Write<float>(WeightsFile, [weights.Length], weights);
        var samples = new DatasetSamples(data.Training, indices, SampleWeights.Mean(field.Samples));
        Single = NetworkMaps.Hessian(_single, samples);
        Wide = NetworkMaps.Hessian(_wide, samples);
    }

    /// <summary>The Hessian in float32.</summary>
    public ILinearMap Single { get; }

    /// <summary>The same in float64.</summary>
    public ILinearMap Wide { get; }

    /// <summary>The parameters one after the other, float32.</summary>
    public string WeightsFile => Path.Combine(_folder.FullName, "weights.npy");

    public HostThreads Threads => _device.Threads;

    public void Dispose()
    {
        _single.Dispose();
        _wide.Dispose();
        _device.Dispose();
        _folder.Delete(recursive: true);
    }
}
