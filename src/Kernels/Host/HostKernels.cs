using System.Numerics;
using BasinVolume.Kernels.Elementary;
using BasinVolume.Kernels.Host.Arrays;
using BasinVolume.Kernels.Host.Convolutions;
using BasinVolume.Kernels.Host.Convolutions.Tiled;
using BasinVolume.Kernels.Host.Convolutions.Winograd;
using BasinVolume.Kernels.Host.Elementwise;
using BasinVolume.Kernels.Host.Gathering;
using BasinVolume.Kernels.Host.Losses;
using BasinVolume.Kernels.Host.Parts;
using BasinVolume.Kernels.Host.Products;
using BasinVolume.Kernels.Host.Rows;
using BasinVolume.Kernels.Host.Sums;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Kernels.Host;

/// <summary>
/// The host's kernels for computations that have a team of threads and arrays of their own, and therefore need no device: linear algebra on host matrices.
/// </summary>
public static class HostKernels
{
    /// <summary>
    /// The kernels in double, run by a team of threads, for one caller at a time: packed operands are kept from call to call.
    /// Other callers take kernels of their own; they may share the team.
    /// </summary>
    /// <param name="threads">The team; results do not depend on its size.</param>
    public static IKernels<double> Doubles(HostThreads threads)
    {
        ArgumentNullException.ThrowIfNull(threads);
        return new HostKernels<double, DoubleElementary>(threads);
    }

    /// <summary>The same in float. What is written out for both precisions is compiled before the program starts, where a program is.</summary>
    /// <param name="threads">The team; results do not depend on its size.</param>
    internal static IKernels<float> Singles(HostThreads threads) => new HostKernels<float, SingleElementary>(threads);

    /// <summary>All elements of an array as a view that the kernels take; the array is used, not copied.</summary>
    /// <param name="values">The elements.</param>
    public static View<double> Over(double[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return new HostBuffer<double>(values).View;
    }
}

/// <summary>The vocabulary on the processor. Each kernel is a struct of partitioned work in its own file; this class only sends them to the threads.</summary>
internal sealed class HostKernels<T, TElementary>(HostThreads threads) : IKernels<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TElementary : struct, IElementary<T>
{
    private readonly WorkSharing _sharing = new(threads);
    private readonly PackedOperand<T> _packed = new();
    private readonly TiledConvolutions<T> _tiled = new(new(threads));
    private readonly WinogradConvolutions<T> _winograd = new(new(threads));
    private T[] _partials = [];

    public void MatrixProduct(int entries, in MatrixBatch<T> a, in MatrixBatch<T> b, in MatrixBatch<T> c, bool accumulate)
        => Products.MatrixProduct.Run(_sharing, _packed, entries, a, b, c, accumulate);

    public void WeightedGram(int features, in MatrixBatch<T> weights, View<T> x, View<T> grams)
        => Products.WeightedGram.Run(_sharing, _packed, features, weights, x, grams);

    public void Convolve(int entries, int samples, in ConvolutionShape shape, Batch<T> x, Batch<T> w, View<T> y, bool accumulate)
    {
        if (WinogradRule.Holds<T>(shape))
            _winograd.Convolve(entries, samples, shape, new(x, w), y, accumulate);
        else if (TileRule.Forward(shape))
            _tiled.Convolve(entries, samples, shape, x, w, y, accumulate);
        else
            _sharing.Run(shape.Multiplications(entries, samples), entries * samples, new Convolve<T>(entries, samples, shape, x, w, y, accumulate));
    }

    public void ConvolveTwo(
        int entries, int samples, in ConvolutionShape shape, in ConvolutionTerm<T> one, in ConvolutionTerm<T> other, View<T> y)
    {
        if (WinogradRule.Holds<T>(shape))
        {
            _winograd.ConvolveTwo(entries, samples, shape, one, other, y);
            return;
        }

        Convolve(entries, samples, shape, one.Images, one.Weights, y, accumulate: false);
        Convolve(entries, samples, shape, other.Images, other.Weights, y, accumulate: true);
    }

    public void ConvolveInputAdjoint(int entries, int samples, in ConvolutionShape shape, Batch<T> yAdjoint, Batch<T> w, View<T> xAdjoint, bool accumulate)
    {
        if (WinogradRule.Holds<T>(shape))
            _winograd.ConvolveInputAdjoint(entries, samples, shape, new(yAdjoint, w), xAdjoint, accumulate);
        else if (TileRule.Adjoint(shape))
            _tiled.ConvolveInputAdjoint(entries, samples, shape, yAdjoint, w, xAdjoint, accumulate);
        else
            _sharing.Run(shape.Multiplications(entries, samples), entries * samples, new ConvolveInputAdjoint<T>(
                entries, samples, shape, yAdjoint, w, xAdjoint, accumulate));
    }

    public void ConvolveTwoInputAdjoints(
        int entries, int samples, in ConvolutionShape shape, in ConvolutionTerm<T> one, in ConvolutionTerm<T> other, View<T> xAdjoint, bool accumulate)
    {
        if (WinogradRule.Holds<T>(shape))
        {
            _winograd.ConvolveTwoInputAdjoints(entries, samples, shape, one, other, xAdjoint, accumulate);
            return;
        }

        ConvolveInputAdjoint(entries, samples, shape, one.Images, one.Weights, xAdjoint, accumulate);
        ConvolveInputAdjoint(entries, samples, shape, other.Images, other.Weights, xAdjoint, accumulate: true);
    }

    public void ConvolveWeightAdjoint(int entries, int samples, in ConvolutionShape shape, Batch<T> x, Batch<T> yAdjoint, Batch<T> wAdjoint, bool accumulate)
    {
        bool winograd = WinogradRule.Holds<T>(shape), tiled = winograd || TileRule.Filters(shape);
        int blocks = tiled ? SampleBlocks.Count(samples) : ConvolveWeightAdjoint<T>.Blocks(samples);
        T[] partials = Partials(entries, blocks, shape.WeightSize);
        if (winograd)
            _winograd.SumToFilters(entries, samples, shape, x, yAdjoint, partials);
        else if (tiled)
            _tiled.SumToFilters(entries, samples, shape, x, yAdjoint, partials);
        else
            _sharing.Run(shape.Multiplications(entries, samples), entries * blocks * shape.OutputChannels, new ConvolveWeightAdjoint<T>(
                entries, samples, shape, x, yAdjoint, partials));
        _sharing.Run((long)entries * blocks * shape.WeightSize, entries, new SumOfBlocks<T>(entries, blocks, shape.WeightSize, partials, wAdjoint, accumulate));
    }

    public void AddBias(int entries, int rows, int channels, int inner, Batch<T> b, View<T> y)
        => _sharing.Run(
            (long)entries * rows * channels * inner, Blocks.Rows(entries * rows, channels * inner), new AddBias<T>(entries, rows, channels, inner, b, y));

    public void SumToBias(int entries, int rows, int channels, int inner, Batch<T> y, Batch<T> bAdjoint, bool accumulate)
    {
        int blocks = SumToBias<T>.Parts(rows, channels * inner);
        T[] partials = Partials(entries, blocks, channels);
        _sharing.Run((long)entries * rows * channels * inner, entries * blocks, new SumToBias<T>(entries, rows, channels, inner, y, partials));
        _sharing.Run((long)entries * blocks * channels, entries, new SumOfBlocks<T>(entries, blocks, channels, partials, bAdjoint, accumulate));
    }

    public void Apply<TFunction>(int length, View<T> x, View<T> y, View<T> derivative)
        where TFunction : struct, IPointwise
        => _sharing.Run(length, Blocks.Count(length), new Apply<T, TFunction, TElementary>(length, x, y, derivative));

    public void ApplySecondDerivative<TFunction>(int length, View<T> x, View<T> y)
        where TFunction : struct, IPointwise
        => _sharing.Run(length, Blocks.Count(length), new ApplySecondDerivative<T, TFunction, TElementary>(length, x, y));

    public void Multiply(int entries, int length, Batch<T> a, Batch<T> x, View<T> y, bool accumulate)
        => _sharing.Run((long)entries * length, entries * Blocks.Count(length), new Multiply<T>(entries, length, a, x, y, accumulate));

    public void MaxPool(int samples, in PoolingShape shape, View<T> x, View<T> y, View<int> winners)
        => _sharing.Run((long)samples * shape.Channels * shape.InputPlane, samples * shape.Channels, new MaxPool<T>(samples, shape, x, y, winners));

    public void Gather(in GatherShape shape, View<int> index, Batch<T> x, View<T> y)
        => _sharing.Run(
            (long)shape.Entries * shape.Rows * shape.Gathered, shape.Entries * Blocks.Rows(shape.Rows, shape.Gathered), new Gather<T>(shape, index, x, y));

    public void ScatterAdd(in GatherShape shape, View<int> index, Batch<T> yAdjoint, View<T> xAdjoint, bool accumulate)
        => _sharing.Run((long)shape.Entries * shape.Rows * shape.Gathered, shape.Entries * Blocks.Rows(shape.Rows, shape.Gathered), new ScatterAdd<T>(
            shape, index, yAdjoint, xAdjoint, accumulate));

    public void SoftmaxLoss(int samples, int classes, View<T> logits, View<int> labels, View<T> losses, View<T> probabilities)
        => _sharing.Run((long)samples * classes * 16, Blocks.Rows(samples, classes), new SoftmaxLoss<T, TElementary>(
            samples, classes, logits, labels, losses, probabilities));

    public void SoftmaxLossAdjoint(int samples, int classes, View<T> probabilities, View<int> labels, View<T> weights, View<T> logitsAdjoint)
        => _sharing.Run(
            (long)samples * classes, Blocks.Rows(samples, classes), new SoftmaxLossAdjoint<T>(samples, classes, probabilities, labels, weights, logitsAdjoint));

    public void SoftmaxCurvature(int entries, int samples, int classes, View<T> probabilities, View<T> weights, View<T> x, View<T> y)
        => _sharing.Run((long)entries * samples * classes, entries, new SoftmaxCurvature<T>(entries, samples, classes, probabilities, weights, x, y));

    public void Softmax(int rows, int classes, View<T> x, View<T> y)
        => _sharing.Run((long)rows * classes * 16, Blocks.Rows(rows, classes), new Softmax<T, TElementary>(rows, classes, x, y));

    public void AddSoftmaxSecondDerivative(int entries, int rows, int classes, View<T> probabilities, View<T> adjoint, View<T> x, View<T> y)
        => _sharing.Run((long)entries * rows * classes * 4, entries * Blocks.Rows(rows, classes), new AddSoftmaxSecondDerivative<T>(
            entries, rows, classes, probabilities, adjoint, x, y));

    public void Standardise(int rows, int width, T epsilon, View<T> x, View<T> y, View<T> scales)
        => _sharing.Run((long)rows * width * 4, Blocks.Rows(rows, width), new Standardise<T>(rows, width, epsilon, x, y, scales));

    public void StandardiseDerivative(int entries, int rows, int width, View<T> y, View<T> scales, View<T> x, View<T> result, bool accumulate)
        => _sharing.Run((long)entries * rows * width * 2, entries * Blocks.Rows(rows, width), new StandardiseDerivative<T>(
            entries, rows, width, y, scales, x, result, accumulate));

    public void AddStandardiseSecondDerivative(int entries, int rows, int width, View<T> y, View<T> scales, View<T> adjoint, View<T> x, View<T> result)
        => _sharing.Run((long)entries * rows * width * 4, entries * Blocks.Rows(rows, width), new AddStandardiseSecondDerivative<T>(
            entries, rows, width, y, scales, adjoint, x, result));

    public void OneHot(int rows, int classes, View<T> x, View<T> y)
        => _sharing.Run((long)rows * classes, Blocks.Rows(rows, classes), new OneHot<T>(rows, classes, x, y));

    public void Axpy(int length, T a, View<T> x, View<T> y) => _sharing.Run(length, Blocks.Count(length), new Axpy<T>(length, a, x, y));

    public void Scale(int length, T a, View<T> x) => _sharing.Run(length, Blocks.Count(length), new Scale<T>(length, a, x));

    public void Fill(int length, T value, View<T> x) => _sharing.Run(length, Blocks.Count(length), new Fill<T>(length, value, x));

    public void Copy(int entries, int length, Batch<T> x, Batch<T> y, bool accumulate)
        => _sharing.Run((long)entries * length, entries * Blocks.Count(length), new Copy<T>(entries, length, x, y, accumulate));

    // Workspace for the sums of parts; used again by the next kernel that needs it.
    private T[] Partials(int entries, int blocks, int size)
    {
        long length = (long)entries * blocks * size;
        if (length > Array.MaxLength)
            throw new DeviceException(
                $"The partial sums of {entries} entries in {blocks} blocks of {size} are more than the {Array.MaxLength} elements of one array; "
                + $"take fewer samples or directions at a time.");
        if (_partials.Length < length)
            _partials = new T[length];
        return _partials;
    }
}
