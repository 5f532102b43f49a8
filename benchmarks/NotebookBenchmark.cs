using BasinVolume.Autodiff;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Autodiff.Training;
using BasinVolume.Curvature.Dense;
using BasinVolume.Data;
using BasinVolume.Data.Samples;
using BasinVolume.Data.Subsets;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Host;
using BasinVolume.Mnist.Models;
using BasinVolume.Mnist.Training;
using BenchmarkDotNet.Attributes;

namespace BasinVolume.Benchmarks;

/// <summary>The steps of the main job: one model with 1,710 parameters on 1,500 images.</summary>
public class NotebookBenchmark
{
    private HostDevice _device = null!;
    private DataParts _data = null!;
    private int[] _indices = null!;
    private DatasetSamples _samples = null!;
    private double[] _weights = null!;
    private Plan<double> _doubles = null!;
    private Plan<float> _singles = null!;
    private Matrix _hessian = null!;
    private Matrix _directions = null!;

    [GlobalSetup]
    public void Open()
    {
        _device = new HostDevice(Environment.ProcessorCount);
        _data = DataFiles.Load(Path.Combine("data", "mnist"));
        var random = new NumpyRandom(1);
        _indices = SubsetSampler.Draw(_data.Training.Count, 1500, random, Sampling.WithReplacement);
        _samples = new DatasetSamples(_data.Training, _indices, SampleWeights.Mean(_indices.Length));
        Network network = ReadyMade.Notebook();
        _weights = InitialWeights.Normal(network, random.NextGaussian, 0.5);
        _doubles = new Plan<double>(network, _device);
        _singles = new Plan<float>(network, _device);
        _doubles.SetParameters(_weights);
        _singles.SetParameters(Array.ConvertAll(_weights, value => (float)value));
        _hessian = BasinVolume.Autodiff.Hessian.Compute(_doubles, _samples).Matrix;
        _directions = new Matrix(1, network.ParameterCount, _weights);
    }

    [GlobalCleanup]
    public void Close()
    {
        _doubles.Dispose();
        _singles.Dispose();
        _device.Dispose();
    }

    [Benchmark]
    public object HessianInFloat64() => BasinVolume.Autodiff.Hessian.Compute(_doubles, _samples);

    [Benchmark]
    public object HessianInFloat32() => BasinVolume.Autodiff.Hessian.Compute(_singles, _samples);

    [Benchmark]
    public object OneHessianVectorProduct() => Hessian.Multiply(_doubles, _samples, _directions);

    [Benchmark]
    public object Eigenvalues() => SymmetricEigenvalues.Compute(_hessian, _device.Threads);

    [Benchmark]
    public object AllEigenvectors() => SymmetricEigenvectors.Compute(_hessian, .., _device.Threads);

    [Benchmark]
    public object TenLeadingEigenvectors() => SymmetricEigenvectors.Compute(_hessian, ^10.., _device.Threads);

    [Benchmark]
    public object OneEpochWithTest()
    {
        object result = new SubsetTrainer<double>(_doubles, _data, _indices, new Hyperparameters(1, 64, 1, 1, 0)).Run(_weights);
        _doubles.SetParameters(_weights);
        return result;
    }
}
