using System.Numerics;
using ILGPU;

namespace BasinVolume.Kernels.Ilgpu;

/// <summary>
/// Adding a bias, one thread an element of y; and its transpose in two stages: one thread sums the pixels of one row and channel, then one thread a channel adds its rows.
/// A next step, where rows are many: a tree over groups of rows for the second stage, as in <see cref="ConvolutionWeights{T}"/>.
/// </summary>
internal sealed class Bias<T>(IlgpuDevice device, Scratch<T> scratch)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly IlgpuKernel<AddArguments> _add = device.Load<AddArguments>(Add);
    private readonly IlgpuKernel<PixelArguments> _pixels = device.Load<PixelArguments>(SumPixels);
    private readonly IlgpuKernel<RowArguments> _rows = device.Load<RowArguments>(SumRows);

    public void Launch(int members, int rows, int channels, int inner, Batch<T> b, View<T> y)
    {
        long length = (long)members * rows * channels * inner;
        if (length == 0)
            return;
        _add.Launch(length, new AddArguments
        {
            B = device.Take(b, members, channels),
            Y = device.Take(y, length),
            Rows = rows,
            Channels = channels,
            Inner = inner,
            BStride = b.Stride,
        });
    }

    public void LaunchTranspose(int members, int rows, int channels, int inner, Batch<T> y, Batch<T> bAdjoint, bool accumulate)
    {
        if (members == 0 || channels == 0)
            return;
        ArrayView<T> ys = device.Take(y, members, (long)rows * channels * inner);
        var total = new RowArguments
        {
            BAdjoint = device.Take(bAdjoint, members, channels),
            Rows = rows,
            Channels = channels,
            BStride = bAdjoint.Stride,
            Accumulate = accumulate ? 1 : 0,
        };
        if (inner == 1)
        {
            total.Y = ys;
            total.YStride = y.Stride;
            _rows.Launch((long)members * channels, total);
            return;
        }

        int turn = Scratch<T>.Turn(members, long.Max(1L, (long)rows * channels));
        total.Y = scratch.Take((long)turn * rows * channels);
        total.YStride = rows * channels;
        for (total.First = 0; total.First < members; total.First += turn)
        {
            int count = int.Min(turn, members - total.First);
            _pixels.Launch((long)count * rows * channels, new PixelArguments
            {
                Y = ys,
                Sums = total.Y,
                PerMember = rows * channels,
                Inner = inner,
                First = total.First,
                YStride = y.Stride,
            });
            _rows.Launch((long)count * channels, total);
        }
    }

    internal static void Add(Index1D thread, AddArguments arguments)
    {
        int rest = thread / arguments.Inner;
        int channel = rest % arguments.Channels;
        int member = rest / arguments.Channels / arguments.Rows;
        arguments.Y[thread] += arguments.B[(member * arguments.BStride) + channel];
    }

    internal static void SumPixels(Index1D thread, PixelArguments arguments)
    {
        int member = arguments.First + (thread / arguments.PerMember);
        int y = (member * arguments.YStride) + (thread % arguments.PerMember * arguments.Inner);
        T sum = T.Zero;
        for (int i = 0; i < arguments.Inner; i++)
            sum += arguments.Y[y + i];
        arguments.Sums[thread] = sum;
    }

    internal static void SumRows(Index1D thread, RowArguments arguments)
    {
        int channel = thread % arguments.Channels;
        int member = thread / arguments.Channels;
        int y = (member * arguments.YStride) + channel;
        T sum = T.Zero;
        for (int r = 0; r < arguments.Rows; r++)
        {
            sum += arguments.Y[y];
            y += arguments.Channels;
        }

        int b = ((arguments.First + member) * arguments.BStride) + channel;
        arguments.BAdjoint[b] = arguments.Accumulate != 0 ? arguments.BAdjoint[b] + sum : sum;
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

    internal struct PixelArguments
    {
        public ArrayView<T> Y;
        public ArrayView<T> Sums;
        public int PerMember;
        public int Inner;
        public int First;
        public int YStride;
    }

    internal struct RowArguments
    {
        public ArrayView<T> Y;
        public ArrayView<T> BAdjoint;
        public int Rows;
        public int Channels;
        public int First;
        public int YStride;
        public int BStride;
        public int Accumulate;
    }
}
