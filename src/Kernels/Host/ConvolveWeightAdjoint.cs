using System.Numerics;
using System.Runtime.InteropServices;

namespace BasinVolume.Kernels.Host;

/// <summary>
/// w̄[o,c,p,q] = Σ_{s,i,j} ȳ[s,o,i,j] x[s,c,…]; a part is one kernel row (o, c, p) of one member. Each sample is summed for itself
/// before it is added to the total: the shorter chains keep float's rounding small. With stride 1, three neighbours of the kernel row are summed at once:
/// they share what is loaded of ȳ, and their chains do not wait for each other.
/// </summary>
internal readonly struct ConvolveWeightAdjoint<T>(int samples, ConvolutionShape shape, Batch<T> x, Batch<T> yAdjoint, Batch<T> wAdjoint, bool accumulate) : IPartitionedWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Taps = 3;

    private readonly ConvolutionShape _shape = shape;
    private readonly HostBatch<T> _x = new(x);
    private readonly HostBatch<T> _yAdjoint = new(yAdjoint);
    private readonly HostBatch<T> _wAdjoint = new(wAdjoint);

    private int InputPlane => _shape.InputHeight * _shape.InputWidth;

    private int OutputPlane => _shape.OutputHeight * _shape.OutputWidth;

    public void Run(int part)
    {
        int kernelRows = _shape.OutputChannels * _shape.InputChannels * _shape.KernelHeight;
        int member = part / kernelRows;
        int kernelRow = part % kernelRows;
        ReadOnlySpan<T> images = _x.Member(member, samples * _shape.InputSize);
        ReadOnlySpan<T> outputs = _yAdjoint.Member(member, samples * _shape.OutputSize);
        Span<T> result = _wAdjoint.Member(member, kernelRow * _shape.KernelWidth, _shape.KernelWidth);
        int q = 0;
        for (; _shape.Stride == 1 && q <= _shape.KernelWidth - Taps; q += Taps)
            ThreeOverSamples(images, outputs, kernelRow, q, result.Slice(q, Taps));
        for (; q < _shape.KernelWidth; q++)
            Put(ref result[q], OverSamples(images, outputs, kernelRow, new ConvolutionTap(_shape, q)));
    }

    private void Put(ref T place, T sum) => place = accumulate ? place + sum : sum;

    private (int Output, int Input, int Row) Channels(int kernelRow)
        => (kernelRow / _shape.KernelHeight / _shape.InputChannels, kernelRow / _shape.KernelHeight % _shape.InputChannels, kernelRow % _shape.KernelHeight);

    private ReadOnlySpan<T> Image(ReadOnlySpan<T> images, int s, int c) => images.Slice((s * _shape.InputSize) + (c * InputPlane), InputPlane);

    private ReadOnlySpan<T> Output(ReadOnlySpan<T> outputs, int s, int o) => outputs.Slice((s * _shape.OutputSize) + (o * OutputPlane), OutputPlane);

    private void ThreeOverSamples(ReadOnlySpan<T> images, ReadOnlySpan<T> outputs, int kernelRow, int q, Span<T> result)
    {
        (int o, int c, int p) = Channels(kernelRow);
        var taps = new ThreeTaps<T>(_shape, p, q);
        T first = T.Zero, second = T.Zero, third = T.Zero;
        for (int s = 0; s < samples; s++)
        {
            (T a, T b, T d) = taps.OverPixels(Image(images, s, c), Output(outputs, s, o));
            (first, second, third) = (first + a, second + b, third + d);
        }

        Put(ref result[0], first);
        Put(ref result[1], second);
        Put(ref result[2], third);
    }

    private T OverSamples(ReadOnlySpan<T> images, ReadOnlySpan<T> outputs, int kernelRow, ConvolutionTap tap)
    {
        (int o, int c, int p) = Channels(kernelRow);
        T total = T.Zero;
        for (int s = 0; s < samples && tap.Count > 0; s++)
            total += OverPixels(Image(images, s, c), Output(outputs, s, o), p, tap);
        return total;
    }

    private T OverPixels(ReadOnlySpan<T> image, ReadOnlySpan<T> output, int p, ConvolutionTap tap)
    {
        Vector<T> lanes = Vector<T>.Zero;
        T rest = T.Zero;
        for (int i = 0; i < _shape.OutputHeight; i++)
        {
            int y = (i * _shape.Stride) + (p * _shape.Dilation) - _shape.Padding;
            if ((uint)y >= (uint)_shape.InputHeight)
                continue;
            ReadOnlySpan<T> outputs = output.Slice((i * _shape.OutputWidth) + tap.FirstOutput, tap.Count);
            ReadOnlySpan<T> pixels = image.Slice((y * _shape.InputWidth) + tap.FirstPixel, ((tap.Count - 1) * _shape.Stride) + 1);
            rest = _shape.Stride == 1 ? AddDense(outputs, pixels, ref lanes, rest) : AddStrided(outputs, pixels, rest);
        }

        return Vector.Sum(lanes) + rest;
    }

    private static T AddDense(ReadOnlySpan<T> outputs, ReadOnlySpan<T> pixels, ref Vector<T> lanes, T rest)
    {
        ReadOnlySpan<Vector<T>> outputVectors = MemoryMarshal.Cast<T, Vector<T>>(outputs);
        ReadOnlySpan<Vector<T>> pixelVectors = MemoryMarshal.Cast<T, Vector<T>>(pixels);
        Vector<T> sum = lanes;
        for (int j = 0; j < outputVectors.Length; j++)
            sum = Simd.MultiplyAdd(outputVectors[j], pixelVectors[j], sum);
        lanes = sum;
        for (int j = outputVectors.Length * Vector<T>.Count; j < outputs.Length; j++)
            rest = Simd.MultiplyAdd(outputs[j], pixels[j], rest);
        return rest;
    }

    private T AddStrided(ReadOnlySpan<T> outputs, ReadOnlySpan<T> pixels, T rest)
    {
        for (int j = 0; j < outputs.Length; j++)
            rest = Simd.MultiplyAdd(outputs[j], pixels[j * _shape.Stride], rest);
        return rest;
    }
}
