using System.Numerics;
using BasinVolume.Kernels;
using ILGPU;

namespace BasinVolume.Gpu.Ilgpu;

/// <summary>Adding a bias, one thread an element of y; and its transpose, the sums over rows and pixels, as a tree.</summary>
internal sealed class Bias<T>(IlgpuDevice device, Scratch<T> scratch, Summation<T> summation)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly IlgpuKernel<AddArguments> _add = device.Load<AddArguments>(Add);

    public void Launch(int entries, int rows, int channels, int inner, Batch<T> b, View<T> y)
    {
        long length = (long)entries * rows * channels * inner;
        if (length == 0)
            return;
        _add.Launch(length, new AddArguments
        {
            B = device.Take(b, entries, channels),
            Y = device.Take(y, length),
            Rows = rows,
            Channels = channels,
            Inner = inner,
            BStride = b.Stride,
        });
    }

    public void LaunchTranspose(int entries, int rows, int channels, int inner, Batch<T> y, Batch<T> bAdjoint, bool accumulate)
    {
        if (entries == 0 || channels == 0)
            return;
        var source = new Summation<T>.Entries { Elements = device.Take(y, entries, (long)rows * channels * inner), Stride = y.Stride };
        var target = new Summation<T>.Entries { Elements = device.Take(bAdjoint, entries, channels), Stride = bAdjoint.Stride };
        long each = Summation<T>.ScratchLength(rows, channels, inner);
        int turn = Scratch<T>.Turn(entries, long.Max(1L, each));
        ArrayView<T> between = device.Take(scratch.Take(turn * each), turn * each);
        for (int first = 0; first < entries; first += turn)
        {
            source.First = target.First = first;
            summation.Launch(int.Min(turn, entries - first), rows, channels, inner, source, target, between, accumulate);
        }
    }

    internal static void Add(Index1D thread, AddArguments arguments)
    {
        int rest = thread / arguments.Inner;
        int channel = rest % arguments.Channels;
        int entry = rest / arguments.Channels / arguments.Rows;
        arguments.Y[thread] += arguments.B[(entry * arguments.BStride) + channel];
    }

    internal struct AddArguments
    {
        public ArrayView<T> B;
        public ArrayView<T> Y;
        public int Rows;
        public int Channels;
        public int Inner;
        public int BStride;
    }
}
