using System.Numerics;

namespace BasinVolume.Gpu.Ilgpu;

/// <summary>The tiled convolutions of a device, each built when it is first launched.</summary>
internal sealed class ConvolutionPatches<T>(IlgpuDevice device)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private TiledConvolution<T, TallPatch>? _tall;
    private TiledConvolution<T, FlatPatch>? _flat;

    /// <summary>What <see cref="ConvolutionChoice"/> says, if groups of threads can be as large as that needs.</summary>
    public ConvolutionWay Choose(long rows, long columns, long terms)
    {
        ConvolutionWay way = ConvolutionChoice.Of(rows, columns, terms);
        int threads = way == ConvolutionWay.Tall ? TallPatch.Threads : FlatPatch.Threads;
        return threads <= device.Accelerator.MaxNumThreadsPerGroup ? way : ConvolutionWay.Elements;
    }

    public void Launch(ConvolutionWay way, ConvolutionArguments<T> form)
    {
        if (way == ConvolutionWay.Tall)
            (_tall ??= new(device)).Launch(form);
        else
            (_flat ??= new(device)).Launch(form);
    }
}
