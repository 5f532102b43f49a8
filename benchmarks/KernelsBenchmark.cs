using System.Numerics;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Host;
using BasinVolume.Kernels.Pointwise;
using BenchmarkDotNet.Attributes;

namespace BasinVolume.Benchmarks;

/// <summary>
/// Every word of the vocabulary on the processor, with the sizes that the notebook's network gives it:
/// 8 directions, 256 samples, images of 28 x 28, 169 features, 10 classes.
/// </summary>
[GenericTypeArguments(typeof(float))]
[GenericTypeArguments(typeof(double))]
public class KernelsBenchmark<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int V = 8;
    private const int S = 256;
    private const int Features = 169;
    private const int Classes = 10;

    private static readonly ConvolutionShape Filter = new(1, 28, 28, 1, 3, 3);
    private static readonly PoolingShape Pool = new(1, 26, 26, 2, 2);
    private static readonly int Inputs = S * Filter.InputSize;
    private static readonly int Outputs = S * Filter.OutputSize;

    private HostDevice _device = null!;
    private IKernels<T> _words = null!;
    private View<T> _images;
    private View<T> _maps;
    private View<T> _mask;
    private View<T> _pooled;
    private View<T> _filter;
    private View<T> _features;
    private View<T> _weights;
    private View<T> _logits;
    private View<T> _probabilities;
    private View<T> _grams;
    private View<T> _losses;
    private View<T> _sampleWeights;
    private View<int> _winners;
    private View<int> _labels;

    [GlobalSetup]
    public void Open()
    {
        _device = new HostDevice(Environment.ProcessorCount);
        _words = _device.Kernels<T>();
        (_images, _maps, _mask) = (Filled(V * Inputs), Filled(V * Outputs), Filled(Outputs));
        (_pooled, _filter) = (Filled(V * S * Pool.OutputPlane), Filled(V * 9));
        (_features, _weights) = (Filled(V * S * Features), Filled(V * Classes * Features));
        (_logits, _probabilities) = (Filled(V * S * Classes), Filled(S * Classes));
        _grams = _device.Allocate<T>(Classes * Features * Features).View;
        (_losses, _sampleWeights) = (Filled(S), Filled(S));
        _winners = _device.Allocate<int>(S * Pool.OutputPlane).View;
        _labels = _device.Allocate<int>(S).View;
        _labels.Write(new int[S]);
        _words.MaxPool(S, Pool, _maps, _pooled, _winners);
    }

    [GlobalCleanup]
    public void Close() => _device.Dispose();

    [Benchmark]
    public void MatrixProduct()
        => _words.MatrixProduct(V, Rows(_features, Features), MatrixBatch<T>.RowMajor(_weights, Classes, Features).Transpose(), Rows(_logits, Classes), false);

    [Benchmark]
    public void WeightedGram() => _words.WeightedGram(Features, MatrixBatch<T>.RowMajor(_probabilities, S, Classes), _features, _grams);

    [Benchmark]
    public void Convolve() => _words.Convolve(V, S, Filter, new(_images, Inputs), Batch<T>.Shared(_filter), _maps, false);

    [Benchmark]
    public void ConvolveInputAdjoint() => _words.ConvolveInputAdjoint(V, S, Filter, new(_maps, Outputs), Batch<T>.Shared(_filter), _images, false);

    [Benchmark]
    public void ConvolveWeightAdjoint() => _words.ConvolveWeightAdjoint(V, S, Filter, Batch<T>.Shared(_images), new(_maps, Outputs), new(_filter, 9), false);

    [Benchmark]
    public void AddBias() => _words.AddBias(V, S, 1, Filter.OutputSize, Batch<T>.Shared(_filter), _maps);

    [Benchmark]
    public void SumToBias() => _words.SumToBias(V, S, 1, Filter.OutputSize, new(_maps, Outputs), new(_filter, 9), false);

    [Benchmark]
    public void ApplyGelu() => _words.Apply<Gelu>(Outputs, _mask, _maps, _maps.Slice(Outputs, Outputs));

    [Benchmark]
    public void ApplySecondDerivativeOfGelu() => _words.ApplySecondDerivative<Gelu>(Outputs, _mask, _maps);

    [Benchmark]
    public void Multiply() => _words.Multiply(V, Outputs, Batch<T>.Shared(_mask), new(_maps, Outputs), _maps, false);

    [Benchmark]
    public void MaxPool() => _words.MaxPool(S, Pool, _mask, _pooled, _winners);

    [Benchmark]
    public void Gather() => _words.Gather(Selection, _winners, new(_maps, Outputs), _pooled);

    [Benchmark]
    public void ScatterAdd() => _words.ScatterAdd(Selection, _winners, new(_pooled, S * Pool.OutputPlane), _maps, false);

    [Benchmark]
    public void SoftmaxLoss() => _words.SoftmaxLoss(S, Classes, _logits, _labels, _losses, _probabilities);

    [Benchmark]
    public void SoftmaxLossAdjoint() => _words.SoftmaxLossAdjoint(S, Classes, _probabilities, _labels, _sampleWeights, _logits);

    [Benchmark]
    public void SoftmaxCurvature() => _words.SoftmaxCurvature(V, S, Classes, _probabilities, _sampleWeights, _logits, _logits);

    [Benchmark]
    public void Axpy() => _words.Axpy(Outputs, T.One, _mask, _maps);

    [Benchmark]
    public void Scale() => _words.Scale(V * Outputs, T.One, _maps);

    [Benchmark]
    public void Fill() => _words.Fill(V * Outputs, T.One, _maps);

    [Benchmark]
    public void Copy() => _words.Copy(V, Outputs, Batch<T>.Shared(_mask), new(_maps, Outputs), false);

    private static GatherShape Selection => new(V, S, Pool.InputPlane, Pool.OutputPlane, 0, Pool.OutputPlane);

    private static MatrixBatch<T> Rows(View<T> data, int columns) => MatrixBatch<T>.RowMajor(data, S, columns, S * columns);

    private View<T> Filled(int length)
    {
        View<T> view = _device.Allocate<T>(length).View;
        var random = new Random(1);
        view.Write([.. Enumerable.Range(0, length).Select(_ => T.CreateTruncating(random.NextDouble() - 0.5))]);
        return view;
    }
}
