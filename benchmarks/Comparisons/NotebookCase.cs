using System.Numerics;
using BasinVolume.Autodiff;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Autodiff.Training;
using BasinVolume.Data.Samples;
using BasinVolume.Data.Subsets;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Threads;
using BasinVolume.Mnist.Models;

namespace BasinVolume.Benchmarks.Comparisons;

/// <summary>A model on some images, ready to be measured on a device, which it owns.</summary>
internal sealed class NotebookCase<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Device _device;
    private Matrix? _hessian;

    public NotebookCase(Device device, DataParts data, string model, int samples)
    {
        _device = device;
        var random = new NumpyRandom(1);
        Network network = ModelCatalog.Open(model);
        Indices = SubsetSampler.Draw(data.Training.Count, samples, random, Sampling.WithReplacement);
        Samples = new DatasetSamples(data.Training, Indices, SampleWeights.Mean(samples));
        Weights = InitialWeights.Normal(network, random.NextGaussian, 0.5);
        Plan = new Plan<T>(network, _device);
        Plan.SetParameters(Array.ConvertAll(Weights, T.CreateTruncating));
    }

    public Plan<T> Plan { get; }

    public int[] Indices { get; }

    public DatasetSamples Samples { get; }

    public double[] Weights { get; }

    public HostThreads Threads => _device.Threads;

    /// <summary>Computes the Hessian where the last one was: how long the system takes to hand out new memory says nothing about the computation.</summary>
    public void ComputeHessian() => _hessian = Hessian.Compute(Plan, Samples, into: _hessian).Matrix;

    public void Dispose()
    {
        Plan.Dispose();
        _device.Dispose();
    }
}
