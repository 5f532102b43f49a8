using System.Numerics;
using BasinVolume.Kernels;
using ILGPU;

namespace BasinVolume.Gpu.Ilgpu;

/// <summary>
/// A convolution and its transpose in the image: one thread a pixel of the result, which gathers what belongs to it. For few channels, whose patches would be
/// empty for the most part.
/// </summary>
internal sealed class ElementConvolution<T>(IlgpuDevice device)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly IlgpuKernel<Arguments> _forward = device.Load<Arguments>(Convolve);
    private readonly IlgpuKernel<Arguments> _transpose = device.Load<Arguments>(ConvolveInputAdjoint);

    public void Launch(int entries, int samples, in ConvolutionShape shape, Batch<T> x, Batch<T> w, View<T> y, bool accumulate)
    {
        long length = (long)entries * samples * shape.OutputSize;
        if (length == 0)
            return;
        _forward.Launch(length, Prepare(entries, samples, shape, x, shape.InputSize, w, device.Take(y, length), accumulate));
    }

    public void LaunchTranspose(int entries, int samples, in ConvolutionShape shape, Batch<T> yAdjoint, Batch<T> w, View<T> xAdjoint, bool accumulate)
    {
        long length = (long)entries * samples * shape.InputSize;
        if (length == 0)
            return;
        _transpose.Launch(length, Prepare(entries, samples, shape, yAdjoint, shape.OutputSize, w, device.Take(xAdjoint, length), accumulate));
    }

    internal static void Convolve(Index1D thread, Arguments arguments)
    {
        ConvolutionShape shape = arguments.Shape;
        int j = thread % arguments.OutputWidth;
        int rest = thread / arguments.OutputWidth;
        int i = rest % arguments.OutputHeight;
        rest /= arguments.OutputHeight;
        int o = rest % shape.OutputChannels;
        rest /= shape.OutputChannels;
        int s = rest % arguments.Samples;
        int v = rest / arguments.Samples;

        int plane = shape.InputHeight * shape.InputWidth;
        int image = (v * arguments.SourceStride) + (((s * shape.InputChannels) + shape.FirstChannel(o)) * plane);
        int weight = (v * arguments.WeightStride) + (o * shape.FilterSize);
        var sum = new StretchedSum<T>();
        for (int c = 0; c < shape.FilterChannels; c++)
        {
            for (int p = 0; p < shape.KernelHeight; p++)
            {
                int row = (i * shape.RowStride) + (p * shape.RowDilation) - shape.Top;
                for (int q = 0; q < shape.KernelWidth; q++)
                {
                    int column = (j * shape.ColumnStride) + (q * shape.ColumnDilation) - shape.Left;
                    bool met = row >= 0 && row < shape.InputHeight && column >= 0 && column < shape.InputWidth;
                    sum = sum.Plus(met ? arguments.Weights[weight] * arguments.Source[image + (row * shape.InputWidth) + column] : T.Zero);
                    weight++;
                }
            }

            image += plane;
        }

        arguments.Target[thread] = arguments.Accumulate != 0 ? arguments.Target[thread] + sum.Total : sum.Total;
    }

    internal static void ConvolveInputAdjoint(Index1D thread, Arguments arguments)
    {
        ConvolutionShape shape = arguments.Shape;
        int column = thread % shape.InputWidth;
        int rest = thread / shape.InputWidth;
        int row = rest % shape.InputHeight;
        rest /= shape.InputHeight;
        int c = rest % shape.InputChannels;
        rest /= shape.InputChannels;
        int s = rest % arguments.Samples;
        int v = rest / arguments.Samples;

        int plane = arguments.OutputHeight * arguments.OutputWidth;
        int kernelSize = shape.KernelHeight * shape.KernelWidth;
        // The output channels of the pixel's group, and its channel's place in it.
        int first = c / shape.FilterChannels * shape.GroupOutputs;
        int seen = c % shape.FilterChannels;
        int image = (v * arguments.SourceStride) + (((s * shape.OutputChannels) + first) * plane);
        var sum = new StretchedSum<T>();
        for (int o = first; o < first + shape.GroupOutputs; o++)
        {
            int weight = (v * arguments.WeightStride) + (((o * shape.FilterChannels) + seen) * kernelSize);
            for (int p = 0; p < shape.KernelHeight; p++)
            {
                // The output row that this element of the kernel carries the pixel to, times the stride.
                int up = row + shape.Top - (p * shape.RowDilation);
                int i = up / shape.RowStride;
                for (int q = 0; q < shape.KernelWidth; q++)
                {
                    int left = column + shape.Left - (q * shape.ColumnDilation);
                    int j = left / shape.ColumnStride;
                    // Terms that stride or dilation leave out are none; those beyond the border are 0.
                    if (up == i * shape.RowStride && left == j * shape.ColumnStride)
                    {
                        bool met = up >= 0 && left >= 0 && i < arguments.OutputHeight && j < arguments.OutputWidth;
                        sum = sum.Plus(met ? arguments.Weights[weight] * arguments.Source[image + (i * arguments.OutputWidth) + j] : T.Zero);
                    }

                    weight++;
                }
            }

            image += plane;
        }

        arguments.Target[thread] = arguments.Accumulate != 0 ? arguments.Target[thread] + sum.Total : sum.Total;
    }

    private Arguments Prepare(
        int entries, int samples, in ConvolutionShape shape, Batch<T> source, int sourceSize, Batch<T> w, ArrayView<T> target, bool accumulate)
    => new()
    {
        Source = device.Take(source, entries, (long)samples * sourceSize),
        Weights = device.Take(w, entries, shape.WeightSize),
        Target = target,
        Shape = shape,
        OutputHeight = shape.OutputHeight,
        OutputWidth = shape.OutputWidth,
        Samples = samples,
        SourceStride = source.Stride,
        WeightStride = w.Stride,
        Accumulate = accumulate ? 1 : 0,
    };

    internal struct Arguments
    {
        public ArrayView<T> Source;
        public ArrayView<T> Weights;
        public ArrayView<T> Target;
        public ConvolutionShape Shape;
        public int OutputHeight;
        public int OutputWidth;
        public int Samples;
        public int SourceStride;
        public int WeightStride;
        public int Accumulate;
    }
}
