using System.Numerics;
using BasinVolume.Kernels.Elementary;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Kernels.Host;

/// <summary>The vocabulary on the processor. Each word is a struct of partitioned work in its own file; this class only sends them to the threads.</summary>
internal sealed class HostKernels<T, TElementary>(HostThreads threads) : IKernels<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TElementary : struct, IElementary<T>
{
    // Below this many elementary operations, waking a thread costs more than it brings.
    private const long WorthSharing = 1 << 15;

    private readonly PackedOperand<T> _packed = new();
    private T[] _partials = [];

    public void MatrixProduct(int members, in MatrixBatch<T> a, in MatrixBatch<T> b, in MatrixBatch<T> c, bool accumulate)
        => Host.MatrixProduct.Run(this, _packed, members, a, b, c, accumulate);

    public void WeightedGram(int features, in MatrixBatch<T> weights, View<T> x, View<T> grams)
        => Host.WeightedGram.Run(this, _packed, features, weights, x, grams);

    public void Convolve(int members, int samples, in ConvolutionShape shape, Batch<T> x, Batch<T> w, View<T> y, bool accumulate)
        => Run(Products(members, samples, shape), members * samples, new Convolve<T>(members, samples, shape, x, w, y, accumulate));

    public void ConvolveInputAdjoint(int members, int samples, in ConvolutionShape shape, Batch<T> yAdjoint, Batch<T> w, View<T> xAdjoint, bool accumulate)
        => Run(Products(members, samples, shape), members * samples, new ConvolveInputAdjoint<T>(members, samples, shape, yAdjoint, w, xAdjoint, accumulate));

    public void ConvolveWeightAdjoint(int members, int samples, in ConvolutionShape shape, Batch<T> x, Batch<T> yAdjoint, Batch<T> wAdjoint, bool accumulate)
    {
        int blocks = ConvolveWeightAdjoint<T>.Blocks(samples);
        T[] partials = Partials(members, blocks, shape.WeightSize);
        Run(Products(members, samples, shape), members * blocks * shape.OutputChannels, new ConvolveWeightAdjoint<T>(members, samples, shape, x, yAdjoint, partials));
        Run((long)members * blocks * shape.WeightSize, members, new SumOfBlocks<T>(members, blocks, shape.WeightSize, partials, wAdjoint, accumulate));
    }

    public void AddBias(int members, int rows, int channels, int inner, Batch<T> b, View<T> y)
        => Run((long)members * rows * channels * inner, Blocks.Rows(members * rows, channels * inner), new AddBias<T>(members, rows, channels, inner, b, y));

    public void SumToBias(int members, int rows, int channels, int inner, Batch<T> y, Batch<T> bAdjoint, bool accumulate)
    {
        int blocks = SumToBias<T>.Parts(rows, channels * inner);
        T[] partials = Partials(members, blocks, channels);
        Run((long)members * rows * channels * inner, members * blocks, new SumToBias<T>(members, rows, channels, inner, y, partials));
        Run((long)members * blocks * channels, members, new SumOfBlocks<T>(members, blocks, channels, partials, bAdjoint, accumulate));
    }

    public void Apply<TFunction>(int length, View<T> x, View<T> y, View<T> derivative)
        where TFunction : struct, IPointwise
        => Run(length, Blocks.Count(length), new Apply<T, TFunction, TElementary>(length, x, y, derivative));

    public void ApplySecondDerivative<TFunction>(int length, View<T> x, View<T> y)
        where TFunction : struct, IPointwise
        => Run(length, Blocks.Count(length), new ApplySecondDerivative<T, TFunction, TElementary>(length, x, y));

    public void Multiply(int members, int length, Batch<T> a, Batch<T> x, View<T> y, bool accumulate)
        => Run((long)members * length, members * Blocks.Count(length), new Multiply<T>(members, length, a, x, y, accumulate));

    public void MaxPool(int samples, in PoolingShape shape, View<T> x, View<T> y, View<int> winners)
        => Run((long)samples * shape.Channels * shape.InputPlane, samples * shape.Channels, new MaxPool<T>(samples, shape, x, y, winners));

    public void Gather(in GatherShape shape, View<int> index, Batch<T> x, View<T> y)
        => Run((long)shape.Members * shape.Rows * shape.Gathered, shape.Members * Blocks.Rows(shape.Rows, shape.Gathered), new Gather<T>(shape, index, x, y));

    public void ScatterAdd(in GatherShape shape, View<int> index, Batch<T> yAdjoint, View<T> xAdjoint, bool accumulate)
        => Run((long)shape.Members * shape.Rows * shape.Gathered, shape.Members * Blocks.Rows(shape.Rows, shape.Gathered), new ScatterAdd<T>(shape, index, yAdjoint, xAdjoint, accumulate));

    public void SoftmaxLoss(int samples, int classes, View<T> logits, View<int> labels, View<T> losses, View<T> probabilities)
        => Run((long)samples * classes * 16, Blocks.Rows(samples, classes), new SoftmaxLoss<T, TElementary>(samples, classes, logits, labels, losses, probabilities));

    public void SoftmaxLossAdjoint(int samples, int classes, View<T> probabilities, View<int> labels, View<T> weights, View<T> logitsAdjoint)
        => Run((long)samples * classes, Blocks.Rows(samples, classes), new SoftmaxLossAdjoint<T>(samples, classes, probabilities, labels, weights, logitsAdjoint));

    public void SoftmaxCurvature(int members, int samples, int classes, View<T> probabilities, View<T> weights, View<T> x, View<T> y)
        => Run((long)members * samples * classes, members, new SoftmaxCurvature<T>(members, samples, classes, probabilities, weights, x, y));

    public void Axpy(int length, T a, View<T> x, View<T> y) => Run(length, Blocks.Count(length), new Axpy<T>(length, a, x, y));

    public void Scale(int length, T a, View<T> x) => Run(length, Blocks.Count(length), new Scale<T>(length, a, x));

    public void Fill(int length, T value, View<T> x) => Run(length, Blocks.Count(length), new Fill<T>(length, value, x));

    public void Copy(int members, int length, Batch<T> x, Batch<T> y, bool accumulate)
        => Run((long)members * length, members * Blocks.Count(length), new Copy<T>(members, length, x, y, accumulate));

    /// <summary>Does all parts of a word, on all threads if there is enough to do.</summary>
    public void Run<TWork>(long operations, int parts, TWork work)
        where TWork : struct, IPartitionedWork
    {
        if (operations >= WorthSharing)
        {
            threads.Run(parts, work);
            return;
        }

        threads.CheckRunning();
        for (int part = 0; part < parts; part++)
            work.Run(part);
    }

    // Room for the sums of parts; used again by the next word that needs it.
    private T[] Partials(int members, int blocks, int size)
    {
        long length = (long)members * blocks * size;
        if (length > Array.MaxLength)
            throw new DeviceException($"The partial sums of {members} members in {blocks} blocks of {size} are more than the {Array.MaxLength} elements of one array; take fewer samples or directions at a time.");
        if (_partials.Length < length)
            _partials = new T[length];
        return _partials;
    }

    // Each output pixel is a sum over one filter.
    private static long Products(int members, int samples, in ConvolutionShape shape)
        => (long)members * samples * shape.OutputSize * shape.InputChannels * shape.KernelHeight * shape.KernelWidth;
}
