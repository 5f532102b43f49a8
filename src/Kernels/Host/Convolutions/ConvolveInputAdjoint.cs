using System.Numerics;
using BasinVolume.Kernels.Host.Arrays;
using BasinVolume.Kernels.Host.Registers;
using BasinVolume.Kernels.Linear;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Kernels.Host.Convolutions;

/// <summary>
/// x̄[c, y, x] = Σ w[o,c,p,q] ȳ[o,i,j] over all (o, i, j, p, q) that meet in the pixel, o in the group of c; a part is one image of one entry, so that
/// no two threads add to one pixel. Rows of ȳ are added, scaled, to rows of x̄.
/// </summary>
internal readonly struct ConvolveInputAdjoint<T>(
    int entries, int samples, ConvolutionShape shape, Batch<T> yAdjoint, Batch<T> w, View<T> xAdjoint, bool accumulate)
    : IPartitionedWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ConvolutionShape _shape = shape;
    private readonly HostBatch<T> _yAdjoint = new(yAdjoint, entries, (long)samples * shape.OutputSize);
    private readonly HostBatch<T> _w = new(w, entries, shape.WeightSize);
    private readonly HostView<T> _xAdjoint = new(xAdjoint, (long)entries * samples * shape.InputSize);

    public void Run(int part)
    {
        (int sample, int entry) = Math.DivRem(part, entries);
        ReadOnlySpan<T> outputs = _yAdjoint.Entry(entry, sample * _shape.OutputSize, _shape.OutputSize);
        ReadOnlySpan<T> weights = _w.Entry(entry, _shape.WeightSize);
        Span<T> image = _xAdjoint.Slice(((entry * samples) + sample) * _shape.InputSize, _shape.InputSize);
        if (!accumulate)
            image.Clear();
        for (int o = 0; o < _shape.OutputChannels; o++)
        {
            for (int i = 0; i < _shape.OutputHeight; i++)
                SpreadRow(weights, o, i, outputs.Slice(((o * _shape.OutputHeight) + i) * _shape.OutputWidth, _shape.OutputWidth), image);
        }
    }

    private void SpreadRow(ReadOnlySpan<T> weights, int o, int i, ReadOnlySpan<T> row, Span<T> image)
    {
        int k = o * _shape.FilterSize, first = _shape.FirstChannel(o);
        for (int c = first; c < first + _shape.FilterChannels; c++)
        {
            for (int p = 0; p < _shape.KernelHeight; p++)
            {
                int y = (i * _shape.RowStride) + (p * _shape.RowDilation) - _shape.Top;
                bool inside = (uint)y < (uint)_shape.InputHeight;
                for (int q = 0; q < _shape.KernelWidth; q++, k++)
                {
                    if (inside)
                        Spread(
                            weights[k], new ConvolutionTap(_shape, q), row, image.Slice(((c * _shape.InputHeight) + y) * _shape.InputWidth, _shape.InputWidth));
                }
            }
        }
    }

    private void Spread(T weight, ConvolutionTap tap, ReadOnlySpan<T> row, Span<T> pixels)
    {
        if (_shape.ColumnStride == 1 && tap.Count > 0)
        {
            Vectors.AddScaledFused(pixels.Slice(tap.FirstPixel, tap.Count), weight, row.Slice(tap.FirstOutput, tap.Count));
            return;
        }

        for (int n = 0; n < tap.Count; n++)
        {
            ref T pixel = ref pixels[tap.FirstPixel + (n * _shape.ColumnStride)];
            pixel = Simd.MultiplyAdd(weight, row[tap.FirstOutput + n], pixel);
        }
    }
}
