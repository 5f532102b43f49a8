using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using BasinVolume.Kernels.Host.Arrays;
using BasinVolume.Kernels.Host.Registers;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Kernels.Host.Convolutions;

/// <summary>
/// w̄[o,c,p,q] = Σ_{s,i,j} ȳ[s,o,i,j] x[s,c,…], c over the channels of o's group; a part is one output channel of one entry over a block of samples,
/// few enough that their images stay in the second-level cache while all elements of the kernel go over them. Parts leave partial sums, which are added in
/// ascending order afterwards.
/// Each sample is summed for itself before it is added to the total: the shorter chains keep float's rounding small.
/// With stride 1, three neighbours of three kernel rows are summed at once, or of one row where there are no three:
/// they share what is loaded of ȳ, and their chains do not wait for each other.
/// </summary>
/// <param name="entries">V.</param>
/// <param name="samples">S.</param>
/// <param name="shape">Sizes of image and kernel.</param>
/// <param name="x">[S, input size] for each entry.</param>
/// <param name="yAdjoint">[S, output size] for each entry.</param>
/// <param name="partials">[entries, blocks, weight size].</param>
internal readonly struct ConvolveWeightAdjoint<T>(int entries, int samples, ConvolutionShape shape, Batch<T> x, Batch<T> yAdjoint, T[] partials)
    : IPartitionedWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Taps = 3;
    private const int SamplesOfBlock = 64;

    private readonly ConvolutionShape _shape = shape;
    private readonly HostBatch<T> _x = new(x, entries, (long)samples * shape.InputSize);
    private readonly HostBatch<T> _yAdjoint = new(yAdjoint, entries, (long)samples * shape.OutputSize);

    private int InputPlane => _shape.InputHeight * _shape.InputWidth;

    private int OutputPlane => _shape.OutputHeight * _shape.OutputWidth;

    /// <summary>How many blocks there are of so many samples; one that holds none if there are none.</summary>
    public static int Blocks(int samples) => Math.Max(1, (samples + SamplesOfBlock - 1) / SamplesOfBlock);

    public void Run(int part)
    {
        (int place, int o) = Math.DivRem(part, _shape.OutputChannels);
        (int block, int entry) = Math.DivRem(place, entries);
        int first = block * SamplesOfBlock;
        int count = Math.Min(SamplesOfBlock, samples - first);
        ReadOnlySpan<T> images = _x.Entry(entry, first * _shape.InputSize, count * _shape.InputSize);
        ReadOnlySpan<T> outputs = _yAdjoint.Entry(entry, first * _shape.OutputSize, count * _shape.OutputSize);
        int plane = _shape.KernelHeight * _shape.KernelWidth;
        Span<T> result = partials.AsSpan(
            (((entry * Blocks(samples)) + block) * _shape.WeightSize) + (o * _shape.FilterSize), _shape.FilterSize);
        for (int c = 0; c < _shape.FilterChannels; c++)
            KernelPlane(images, outputs, count, o, _shape.FirstChannel(o) + c, result.Slice(c * plane, plane));
    }

    private void KernelPlane(ReadOnlySpan<T> images, ReadOnlySpan<T> outputs, int count, int o, int c, Span<T> result)
    {
        int p = 0, width = _shape.KernelWidth;
        for (; _shape.HasUnitStrides && width >= Taps && p <= _shape.KernelHeight - Taps; p += Taps)
        {
            int q = 0;
            for (; q <= width - Taps; q += Taps)
                Nine(images, outputs, count, o, c, p, q, result[((p * width) + q)..]);
            for (int row = p; row < p + Taps; row++)
                KernelRow(images, outputs, count, o, c, row, q, result.Slice(row * width, width));
        }

        for (; p < _shape.KernelHeight; p++)
            KernelRow(images, outputs, count, o, c, p, 0, result.Slice(p * width, width));
    }

    // From element q on.
    private void KernelRow(ReadOnlySpan<T> images, ReadOnlySpan<T> outputs, int count, int o, int c, int p, int q, Span<T> result)
    {
        for (; _shape.HasUnitStrides && q <= _shape.KernelWidth - Taps; q += Taps)
            ThreeOverSamples(images, outputs, count, o, c, p, q, result.Slice(q, Taps));
        for (; q < _shape.KernelWidth; q++)
            result[q] = OverSamples(images, outputs, count, o, c, p, new ConvolutionTap(_shape, q));
    }

    private ReadOnlySpan<T> Image(ReadOnlySpan<T> images, int s, int c) => images.Slice((s * _shape.InputSize) + (c * InputPlane), InputPlane);

    private ReadOnlySpan<T> Output(ReadOnlySpan<T> outputs, int s, int o) => outputs.Slice((s * _shape.OutputSize) + (o * OutputPlane), OutputPlane);

    private void Nine(ReadOnlySpan<T> images, ReadOnlySpan<T> outputs, int count, int o, int c, int p, int q, Span<T> result)
    {
        var columns = new ThreeTaps<T>(_shape, p, q);
        if (Vector512.IsHardwareAccelerated && columns.EndColumn - columns.FirstColumn >= WideLanes<T>.Count)
            NineOverSamples<WideLanes<T>>(images, outputs, count, o, c, p, q, result);
        else
            NineOverSamples<UsualLanes<T>>(images, outputs, count, o, c, p, q, result);
    }

    private void NineOverSamples<TLanes>(ReadOnlySpan<T> images, ReadOnlySpan<T> outputs, int count, int o, int c, int p, int q, Span<T> result)
        where TLanes : unmanaged, ILanes<TLanes, T>
    {
        var taps = new NineTaps<T, TLanes>(_shape, p, q);
        Span<TLanes> lanes = stackalloc TLanes[NineTaps<T, TLanes>.Count];
        Span<T> rest = stackalloc T[NineTaps<T, TLanes>.Count];
        lanes.Clear();
        rest.Clear();
        for (int s = 0; s < count; s++)
            taps.Add(Image(images, s, c), Output(outputs, s, o), lanes, rest);
        for (int n = 0; n < lanes.Length; n++)
            result[(n / Taps * _shape.KernelWidth) + (n % Taps)] = TLanes.Sum(lanes[n]) + rest[n];
    }

    private void ThreeOverSamples(ReadOnlySpan<T> images, ReadOnlySpan<T> outputs, int count, int o, int c, int p, int q, Span<T> result)
    {
        var taps = new ThreeTaps<T>(_shape, p, q);
        T first = T.Zero, second = T.Zero, third = T.Zero;
        for (int s = 0; s < count; s++)
        {
            (T a, T b, T d) = taps.OverRows(Image(images, s, c), Output(outputs, s, o), taps.FirstRow, taps.EndRow);
            (first, second, third) = (first + a, second + b, third + d);
        }

        (result[0], result[1], result[2]) = (first, second, third);
    }

    private T OverSamples(ReadOnlySpan<T> images, ReadOnlySpan<T> outputs, int count, int o, int c, int p, ConvolutionTap tap)
    {
        T total = T.Zero;
        for (int s = 0; s < count && tap.Count > 0; s++)
            total += OverPixels(Image(images, s, c), Output(outputs, s, o), p, tap);
        return total;
    }

    private T OverPixels(ReadOnlySpan<T> image, ReadOnlySpan<T> output, int p, ConvolutionTap tap)
    {
        Vector<T> lanes = Vector<T>.Zero;
        T rest = T.Zero;
        for (int i = 0; i < _shape.OutputHeight; i++)
        {
            int y = (i * _shape.RowStride) + (p * _shape.RowDilation) - _shape.Top;
            if ((uint)y >= (uint)_shape.InputHeight)
                continue;
            ReadOnlySpan<T> outputs = output.Slice((i * _shape.OutputWidth) + tap.FirstOutput, tap.Count);
            ReadOnlySpan<T> pixels = image.Slice((y * _shape.InputWidth) + tap.FirstPixel, ((tap.Count - 1) * _shape.ColumnStride) + 1);
            rest = _shape.ColumnStride == 1 ? AddDense(outputs, pixels, ref lanes, rest) : AddStrided(outputs, pixels, rest);
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
            rest = Simd.MultiplyAdd(outputs[j], pixels[j * _shape.ColumnStride], rest);
        return rest;
    }
}
