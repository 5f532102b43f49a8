using System.Numerics;
using BasinVolume.Kernels;

namespace BasinVolume.Gpu.Ilgpu;

/// <summary>
/// A convolution and its transpose in the image: chooses between <see cref="TiledConvolution{T, TPatch}"/> and <see cref="ElementConvolution{T}"/>.
/// Either way a sum runs over channels, then over what of the kernel can meet the pixel, in stretches of <see cref="MatrixProduct{T}.Stretch"/> terms, those
/// beyond the image's border counted as 0: so both have the same bits.
/// </summary>
internal sealed class Convolution<T>(IlgpuDevice device, ConvolutionPatches<T> patches)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private ElementConvolution<T>? _elements;

    private ElementConvolution<T> Elements => _elements ??= new(device);

    public void Launch(int entries, int samples, in ConvolutionShape shape, Batch<T> x, Batch<T> w, View<T> y, bool accumulate)
    {
        if ((long)entries * samples * shape.OutputSize == 0)
            return;
        var form = ConvolutionForm<T>.Forward(device, entries, samples, shape, x, w, y, accumulate);
        ConvolutionWay way = patches.Choose(form.Target.Rows, form.Target.Columns, form.Terms);
        if (way == ConvolutionWay.Elements)
            Elements.Launch(entries, samples, shape, x, w, y, accumulate);
        else
            patches.Launch(way, form);
    }

    public void LaunchTranspose(int entries, int samples, in ConvolutionShape shape, Batch<T> yAdjoint, Batch<T> w, View<T> xAdjoint, bool accumulate)
    {
        if ((long)entries * samples * shape.InputSize == 0)
            return;

        // All pixels go one way: by the terms of all of them, and the number of those that lie alike.
        ImageStore<T> target = Form(0, 0, shape).Target;
        ConvolutionWay way = patches.Choose(target.Rows, target.Columns, (long)shape.GroupOutputs * shape.KernelHeight * shape.KernelWidth);
        if (way == ConvolutionWay.Elements)
        {
            Elements.LaunchTranspose(entries, samples, shape, yAdjoint, w, xAdjoint, accumulate);
            return;
        }

        for (int row = 0; row < int.Min(shape.RowStride, shape.InputHeight); row++)
        {
            for (int column = 0; column < int.Min(shape.ColumnStride, shape.InputWidth); column++)
                patches.Launch(way, Form(row, column, shape));
        }

        ConvolutionArguments<T> Form(int row, int column, in ConvolutionShape shape) => ConvolutionForm<T>.InputAdjoint(
            device, entries, samples, shape, yAdjoint, w, xAdjoint,
            Taps.Of(row, shape.InputHeight, shape.KernelHeight, shape.RowStride, shape.RowDilation, shape.Top),
            Taps.Of(column, shape.InputWidth, shape.KernelWidth, shape.ColumnStride, shape.ColumnDilation, shape.Left), accumulate);
    }
}
