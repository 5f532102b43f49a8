using System.Numerics;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Elementary;

namespace BasinVolume.Gpu.Ilgpu;

/// <summary>
/// The vocabulary through ILGPU: holds the kernels, each built when it is first asked for, and forwards. Threads take turns, a kernel each:
/// the launches of one follow each other in the device's order, so that all may share kernels and scratch.
/// </summary>
internal sealed class IlgpuKernels<T, TElementary>(IlgpuDevice device) : IKernels<T>, IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TElementary : struct, IElementary<T>
{
    private readonly Scratch<T> _scratch = new(device);
    private readonly Dictionary<Type, object> _functions = [];
    private ElementProduct<T>? _elements;
    private MatrixProduct<T>? _matrixProduct;
    private GramProduct<T>? _gramProduct;
    private ConvolutionPatches<T>? _patches;
    private Convolution<T>? _convolution;
    private ConvolutionWeights<T>? _convolutionWeights;
    private Summation<T>? _summation;
    private Bias<T>? _bias;
    private Multiplication<T>? _multiplication;
    private MaxPooling<T>? _maxPooling;
    private Gathering<T>? _gathering;
    private SoftmaxLoss<T, TElementary>? _softmaxLoss;
    private SoftmaxDerivatives<T>? _softmaxDerivatives;
    private SoftmaxRows<T, TElementary>? _softmaxRows;
    private Standardisation<T, TElementary>? _standardisation;
    private OneHot<T>? _oneHot;
    private VectorKernels<T>? _vectors;
    private Copying<T>? _copying;

    private ElementProduct<T> Elements => _elements ??= new(device);

    private Convolution<T> Convolution => _convolution ??= new(device, Patches);

    private ConvolutionPatches<T> Patches => _patches ??= new(device);

    private Bias<T> Bias => _bias ??= new(device, _scratch, Summation);

    private Summation<T> Summation => _summation ??= new(device);

    private Gathering<T> Gathering => _gathering ??= new(device);

    private SoftmaxDerivatives<T> SoftmaxDerivatives => _softmaxDerivatives ??= new(device);

    private SoftmaxRows<T, TElementary> SoftmaxRows => _softmaxRows ??= new(device);

    private Standardisation<T, TElementary> Standardisation => _standardisation ??= new(device);

    private VectorKernels<T> Vectors => _vectors ??= new(device);

    public void MatrixProduct(int entries, in MatrixBatch<T> a, in MatrixBatch<T> b, in MatrixBatch<T> c, bool accumulate)
    {
        using (device.Enter())
            (_matrixProduct ??= new(device, _scratch, Elements)).Launch(entries, a, b, c, accumulate);
    }

    public void WeightedGram(int features, in MatrixBatch<T> weights, View<T> x, View<T> grams)
    {
        using (device.Enter())
            (_gramProduct ??= new(device, _scratch, Elements)).Launch(features, weights, x, grams);
    }

    public void Convolve(int entries, int samples, in ConvolutionShape shape, Batch<T> x, Batch<T> w, View<T> y, bool accumulate)
    {
        using (device.Enter())
            Convolution.Launch(entries, samples, shape, x, w, y, accumulate);
    }

    public void ConvolveInputAdjoint(int entries, int samples, in ConvolutionShape shape, Batch<T> yAdjoint, Batch<T> w, View<T> xAdjoint, bool accumulate)
    {
        using (device.Enter())
            Convolution.LaunchTranspose(entries, samples, shape, yAdjoint, w, xAdjoint, accumulate);
    }

    public void ConvolveTwo(
        int entries, int samples, in ConvolutionShape shape, in ConvolutionTerm<T> one, in ConvolutionTerm<T> other, View<T> y)
    {
        Convolve(entries, samples, shape, one.Images, one.Weights, y, accumulate: false);
        Convolve(entries, samples, shape, other.Images, other.Weights, y, accumulate: true);
    }

    public void ConvolveTwoInputAdjoints(
        int entries, int samples, in ConvolutionShape shape, in ConvolutionTerm<T> one, in ConvolutionTerm<T> other, View<T> xAdjoint, bool accumulate)
    {
        ConvolveInputAdjoint(entries, samples, shape, one.Images, one.Weights, xAdjoint, accumulate);
        ConvolveInputAdjoint(entries, samples, shape, other.Images, other.Weights, xAdjoint, accumulate: true);
    }

    public void ConvolveWeightAdjoint(int entries, int samples, in ConvolutionShape shape, Batch<T> x, Batch<T> yAdjoint, Batch<T> wAdjoint, bool accumulate)
    {
        using (device.Enter())
            (_convolutionWeights ??= new(device, _scratch, Summation, Patches)).Launch(entries, samples, shape, x, yAdjoint, wAdjoint, accumulate);
    }

    public void AddBias(int entries, int rows, int channels, int inner, Batch<T> b, View<T> y)
    {
        using (device.Enter())
            Bias.Launch(entries, rows, channels, inner, b, y);
    }

    public void SumToBias(int entries, int rows, int channels, int inner, Batch<T> y, Batch<T> bAdjoint, bool accumulate)
    {
        using (device.Enter())
            Bias.LaunchTranspose(entries, rows, channels, inner, y, bAdjoint, accumulate);
    }

    public void Apply<TFunction>(int length, View<T> x, View<T> y, View<T> derivative)
        where TFunction : struct, IPointwise
    {
        using (device.Enter())
            Function<TFunction>().Launch(length, x, y, derivative);
    }

    public void ApplySecondDerivative<TFunction>(int length, View<T> x, View<T> y)
        where TFunction : struct, IPointwise
    {
        using (device.Enter())
            Function<TFunction>().LaunchSecondDerivative(length, x, y);
    }

    public void Multiply(int entries, int length, Batch<T> a, Batch<T> x, View<T> y, bool accumulate)
    {
        using (device.Enter())
            (_multiplication ??= new(device)).Launch(entries, length, a, x, y, accumulate);
    }

    public void MaxPool(int samples, in PoolingShape shape, View<T> x, View<T> y, View<int> winners)
    {
        using (device.Enter())
            (_maxPooling ??= new(device)).Launch(samples, shape, x, y, winners);
    }

    public void Gather(in GatherShape shape, View<int> index, Batch<T> x, View<T> y)
    {
        using (device.Enter())
            Gathering.Launch(shape, index, x, y);
    }

    public void ScatterAdd(in GatherShape shape, View<int> index, Batch<T> yAdjoint, View<T> xAdjoint, bool accumulate)
    {
        using (device.Enter())
            Gathering.LaunchTranspose(shape, index, yAdjoint, xAdjoint, accumulate);
    }

    public void SoftmaxLoss(int samples, int classes, View<T> logits, View<int> labels, View<T> losses, View<T> probabilities)
    {
        using (device.Enter())
            (_softmaxLoss ??= new(device)).Launch(samples, classes, logits, labels, losses, probabilities);
    }

    public void SoftmaxLossAdjoint(int samples, int classes, View<T> probabilities, View<int> labels, View<T> weights, View<T> logitsAdjoint)
    {
        using (device.Enter())
            SoftmaxDerivatives.LaunchAdjoint(samples, classes, probabilities, labels, weights, logitsAdjoint);
    }

    public void SoftmaxCurvature(int entries, int samples, int classes, View<T> probabilities, View<T> weights, View<T> x, View<T> y)
    {
        using (device.Enter())
            SoftmaxDerivatives.LaunchCurvature(entries, samples, classes, probabilities, weights, x, y);
    }

    public void Softmax(int rows, int classes, View<T> x, View<T> y)
    {
        using (device.Enter())
            SoftmaxRows.Launch(rows, classes, x, y);
    }

    public void AddSoftmaxSecondDerivative(int entries, int rows, int classes, View<T> probabilities, View<T> adjoint, View<T> x, View<T> y)
    {
        using (device.Enter())
            SoftmaxRows.LaunchSecondDerivative(entries, rows, classes, probabilities, adjoint, x, y);
    }

    public void Standardise(int rows, int width, T epsilon, View<T> x, View<T> y, View<T> scales)
    {
        using (device.Enter())
            Standardisation.Launch(rows, width, epsilon, x, y, scales);
    }

    public void StandardiseDerivative(int entries, int rows, int width, View<T> y, View<T> scales, View<T> x, View<T> result, bool accumulate)
    {
        using (device.Enter())
            Standardisation.LaunchDerivative(entries, rows, width, y, scales, x, result, accumulate);
    }

    public void AddStandardiseSecondDerivative(int entries, int rows, int width, View<T> y, View<T> scales, View<T> adjoint, View<T> x, View<T> result)
    {
        using (device.Enter())
            Standardisation.LaunchSecondDerivative(entries, rows, width, y, scales, adjoint, x, result);
    }

    public void OneHot(int rows, int classes, View<T> x, View<T> y)
    {
        using (device.Enter())
            (_oneHot ??= new(device)).Launch(rows, classes, x, y);
    }

    public void Axpy(int length, T a, View<T> x, View<T> y)
    {
        using (device.Enter())
            Vectors.LaunchAxpy(length, a, x, y);
    }

    public void Scale(int length, T a, View<T> x)
    {
        using (device.Enter())
            Vectors.LaunchScale(length, a, x);
    }

    public void Fill(int length, T value, View<T> x)
    {
        using (device.Enter())
            Vectors.LaunchFill(length, value, x);
    }

    public void Copy(int entries, int length, Batch<T> x, Batch<T> y, bool accumulate)
    {
        using (device.Enter())
            (_copying ??= new(device)).Launch(entries, length, x, y, accumulate);
    }

    public void Dispose() => _scratch.Dispose();

    private PointwiseFunction<T, TFunction, TElementary> Function<TFunction>()
        where TFunction : struct, IPointwise
    {
        if (_functions.TryGetValue(typeof(TFunction), out object? known))
            return (PointwiseFunction<T, TFunction, TElementary>)known;
        var function = new PointwiseFunction<T, TFunction, TElementary>(device);
        _functions.Add(typeof(TFunction), function);
        return function;
    }
}
