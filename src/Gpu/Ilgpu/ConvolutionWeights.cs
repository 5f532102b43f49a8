using System.Numerics;
using BasinVolume.Kernels;
using ILGPU;

namespace BasinVolume.Gpu.Ilgpu;

/// <summary>
/// The transpose of a convolution in its weights. There are few weights and many terms in each, so the output's rows, of all samples, are split into groups:
/// one thread sums one weight over one group, and a tree adds the groups. How many groups there are depends on the number of samples and the shape,
/// never on the number of entries, so that an entry alone has the same bits as in a batch.
/// </summary>
internal sealed class ConvolutionWeights<T>(IlgpuDevice device, Scratch<T> scratch, Summation<T> summation)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Elements of partial sums an entry beyond which there are threads enough without more groups.
    private const int EnoughThreads = 1 << 18;

    // Terms below which a group is not worth its thread.
    private const int FewestTerms = 256;

    private readonly IlgpuKernel<Arguments> _groups = device.Load<Arguments>(SumGroup);

    public void Launch(int entries, int samples, in ConvolutionShape shape, Batch<T> x, Batch<T> yAdjoint, Batch<T> wAdjoint, bool accumulate)
    {
        int weightSize = shape.WeightSize;
        if (entries == 0 || weightSize == 0)
            return;
        int rows = checked(samples * shape.OutputHeight);
        int perGroup = RowsPerGroup(rows, shape);
        int groups = (int)(((long)rows + perGroup - 1) / perGroup);
        var arguments = new Arguments
        {
            X = device.Take(x, entries, (long)samples * shape.InputSize),
            YAdjoint = device.Take(yAdjoint, entries, (long)samples * shape.OutputSize),
            Shape = shape,
            OutputHeight = shape.OutputHeight,
            OutputWidth = shape.OutputWidth,
            Rows = rows,
            Groups = groups,
            PerGroup = perGroup,
            XStride = x.Stride,
            YStride = yAdjoint.Stride,
        };
        long partial = (long)groups * weightSize;
        long between = Summation<T>.ScratchLength(groups, weightSize, 1);
        int turn = Scratch<T>.Turn(entries, long.Max(1L, partial + between));
        View<T> memory = scratch.Take(turn * (partial + between));
        arguments.Partial = device.Take(memory, turn * partial);
        var sums = new Summation<T>.Entries { Elements = arguments.Partial, Stride = (int)partial };
        var target = new Summation<T>.Entries { Elements = device.Take(wAdjoint, entries, weightSize), Stride = wAdjoint.Stride };
        ArrayView<T> rest = device.Take(memory.Slice((int)(turn * partial), (int)(turn * between)), turn * between);

        for (int first = 0; first < entries; first += turn)
        {
            int count = int.Min(turn, entries - first);
            arguments.First = target.First = first;
            _groups.Launch(count * partial, arguments);
            summation.Launch(count, groups, weightSize, 1, sums, target, rest, accumulate);
        }
    }

    /// <summary>One partial sum, at [entry of this turn, group, weight]: over the group's rows of the output, then over its columns.</summary>
    internal static void SumGroup(Index1D thread, Arguments arguments)
    {
        ConvolutionShape shape = arguments.Shape;
        int q = thread % shape.KernelWidth;
        int rest = thread / shape.KernelWidth;
        int p = rest % shape.KernelHeight;
        rest /= shape.KernelHeight;
        int c = rest % shape.FilterChannels;
        rest /= shape.FilterChannels;
        int o = rest % shape.OutputChannels;
        rest /= shape.OutputChannels;
        c += shape.FirstChannel(o);
        int first = rest % arguments.Groups * arguments.PerGroup;
        int v = arguments.First + (rest / arguments.Groups);
        int end = first + arguments.PerGroup;
        end = end < arguments.Rows ? end : arguments.Rows;

        int top = (p * shape.RowDilation) - shape.Top;
        int left = (q * shape.ColumnDilation) - shape.Left;
        // The columns j of the output whose pixel, at j · stride + left, lies in the image.
        int begin = left < 0 ? (shape.ColumnStride - 1 - left) / shape.ColumnStride : 0;
        int stop = left < shape.InputWidth ? ((shape.InputWidth - 1 - left) / shape.ColumnStride) + 1 : 0;
        stop = stop < arguments.OutputWidth ? stop : arguments.OutputWidth;
        T sum = T.Zero;
        for (int r = first; r < end; r++)
        {
            int s = r / arguments.OutputHeight;
            int i = r % arguments.OutputHeight;
            int row = (i * shape.RowStride) + top;
            if (row >= 0 && row < shape.InputHeight)
            {
                int x = (v * arguments.XStride) + (((((s * shape.InputChannels) + c) * shape.InputHeight) + row) * shape.InputWidth) + left;
                int y = (v * arguments.YStride) + (((((s * shape.OutputChannels) + o) * arguments.OutputHeight) + i) * arguments.OutputWidth);
                sum = AddRow(arguments, sum, x, y, begin, stop);
            }
        }

        arguments.Partial[thread] = sum;
    }

    // Ascending j, four terms on their way from memory at a time.
    private static T AddRow(Arguments arguments, T sum, int x, int y, int begin, int stop)
    {
        int stride = arguments.Shape.ColumnStride;
        int j = begin;
        for (; j + 4 <= stop; j += 4)
        {
            T y0 = arguments.YAdjoint[y + j], x0 = arguments.X[x + (j * stride)];
            T y1 = arguments.YAdjoint[y + j + 1], x1 = arguments.X[x + ((j + 1) * stride)];
            T y2 = arguments.YAdjoint[y + j + 2], x2 = arguments.X[x + ((j + 2) * stride)];
            T y3 = arguments.YAdjoint[y + j + 3], x3 = arguments.X[x + ((j + 3) * stride)];
            sum += y0 * x0;
            sum += y1 * x1;
            sum += y2 * x2;
            sum += y3 * x3;
        }

        for (; j < stop; j++)
            sum += arguments.YAdjoint[y + j] * arguments.X[x + (j * stride)];
        return sum;
    }

    private static int RowsPerGroup(int rows, in ConvolutionShape shape)
    {
        int width = int.Max(1, shape.OutputWidth);
        int mostGroups = int.Max(1, EnoughThreads / shape.WeightSize);
        int forTerms = (FewestTerms + width - 1) / width;
        return int.Max(forTerms, (int)(((long)rows + mostGroups - 1) / mostGroups));
    }

    internal struct Arguments
    {
        public ArrayView<T> X;
        public ArrayView<T> YAdjoint;
        public ArrayView<T> Partial;
        public ConvolutionShape Shape;
        public int OutputHeight;
        public int OutputWidth;
        public int Rows;
        public int Groups;
        public int PerGroup;
        public int First;
        public int XStride;
        public int YStride;
    }
}
