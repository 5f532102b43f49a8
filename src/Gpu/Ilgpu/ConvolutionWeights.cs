using System.Numerics;
using BasinVolume.Kernels;
using ILGPU;

namespace BasinVolume.Gpu.Ilgpu;

/// <summary>
/// The transpose of a convolution in its weights. There are few weights and many terms in each, so the output's rows, of all samples, are split into groups:
/// patches, or one thread a weight where those would be empty for the most part, sum one group, and a tree adds the groups. How many groups there are depends
/// on the number of samples and the shape, never on the number of entries, so that an entry alone has the same bits as in a batch.
/// A group's sum runs over its rows, then over columns, in stretches of <see cref="MatrixProduct{T}.Stretch"/> terms, those beyond the image's border counted
/// as 0: so a patch has the bits of a thread a weight.
/// </summary>
internal sealed class ConvolutionWeights<T>(IlgpuDevice device, Scratch<T> scratch, Summation<T> summation, ConvolutionPatches<T> patches)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Elements of partial sums an entry beyond which there are threads enough without more groups. A thread of a patch has 32 of them.
    private const int EnoughThreads = 1 << 18;
    private const int EnoughElements = 1 << 21;

    // Terms below which a group is not worth its thread, or its patch.
    private const int FewestTerms = 256;
    private const int FewestTermsOfPatch = 1024;

    private IlgpuKernel<Arguments>? _groups;

    public void Launch(int entries, int samples, in ConvolutionShape shape, Batch<T> x, Batch<T> yAdjoint, Batch<T> wAdjoint, bool accumulate)
    {
        int weightSize = shape.WeightSize;
        if (entries == 0 || weightSize == 0)
            return;
        int rows = checked(samples * shape.OutputHeight);
        int perGroup = RowsPerGroup(rows, shape);
        int groups = (int)(((long)rows + perGroup - 1) / perGroup);
        long partial = (long)groups * weightSize;
        long between = Summation<T>.ScratchLength(groups, weightSize, 1);
        int turn = Scratch<T>.Turn(entries, long.Max(1L, partial + between));
        View<T> memory = scratch.Take(turn * (partial + between));
        var sums = new Summation<T>.Entries { Elements = device.Take(memory, turn * partial), Stride = (int)partial };
        var target = new Summation<T>.Entries { Elements = device.Take(wAdjoint, entries, weightSize), Stride = wAdjoint.Stride };
        ArrayView<T> rest = device.Take(memory.Slice((int)(turn * partial), (int)(turn * between)), turn * between);

        for (int first = 0; first < entries; first += turn)
        {
            int count = int.Min(turn, entries - first);
            target.First = first;
            if (groups > 0)
                LaunchGroups(count, samples, shape, From(x, first), From(yAdjoint, first), sums.Elements, groups, perGroup);
            summation.Launch(count, groups, weightSize, 1, sums, target, rest, accumulate);
        }
    }

    private void LaunchGroups(
        int entries, int samples, in ConvolutionShape shape, Batch<T> x, Batch<T> yAdjoint, ArrayView<T> partial, int groups, int perGroup)
    {
        var form = ConvolutionForm<T>.WeightAdjoint(device, entries, samples, shape, x, yAdjoint, partial, groups, perGroup * shape.OutputWidth);
        ConvolutionWay way = patches.Choose(form.Target.Rows, form.Target.Columns, form.PerSplit);
        if (way != ConvolutionWay.Elements)
        {
            patches.Launch(way, form);
            return;
        }

        (_groups ??= device.Load<Arguments>(SumGroup)).Launch((long)entries * groups * shape.WeightSize, new Arguments
        {
            X = device.Take(x, entries, (long)samples * shape.InputSize),
            YAdjoint = device.Take(yAdjoint, entries, (long)samples * shape.OutputSize),
            Partial = partial,
            Shape = shape,
            OutputHeight = shape.OutputHeight,
            OutputWidth = shape.OutputWidth,
            Rows = checked(samples * shape.OutputHeight),
            Groups = groups,
            PerGroup = perGroup,
            XStride = x.Stride,
            YStride = yAdjoint.Stride,
        });
    }

    // The entries from a first one on.
    private static Batch<T> From(Batch<T> operands, int first)
    {
        int skipped = operands.Data.IsEmpty ? 0 : first * operands.Stride;
        return operands with { Data = operands.Data.Slice(skipped, operands.Data.Length - skipped) };
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
        int v = rest / arguments.Groups;
        int end = first + arguments.PerGroup;
        end = end < arguments.Rows ? end : arguments.Rows;

        int top = (p * shape.RowDilation) - shape.Top;
        int left = (q * shape.ColumnDilation) - shape.Left;
        // The columns j of the output whose pixel, at j · stride + left, lies in the image.
        int begin = left < 0 ? (shape.ColumnStride - 1 - left) / shape.ColumnStride : 0;
        int stop = left < shape.InputWidth ? ((shape.InputWidth - 1 - left) / shape.ColumnStride) + 1 : 0;
        stop = stop < arguments.OutputWidth ? stop : arguments.OutputWidth;
        var sum = new Stretches { Next = MatrixProduct<T>.Stretch };
        for (int r = first; r < end; r++)
        {
            int s = r / arguments.OutputHeight;
            int i = r % arguments.OutputHeight;
            int row = (i * shape.RowStride) + top;
            if (row >= 0 && row < shape.InputHeight)
            {
                int x = (v * arguments.XStride) + (((((s * shape.InputChannels) + c) * shape.InputHeight) + row) * shape.InputWidth) + left;
                int y = (v * arguments.YStride) + (((((s * shape.OutputChannels) + o) * arguments.OutputHeight) + i) * arguments.OutputWidth);
                sum = AddRow(arguments, sum, (r - first) * arguments.OutputWidth, x, y, begin, stop);
            }
        }

        arguments.Partial[thread] = sum.Before + sum.Stretch;
    }

    // Terms k + begin … k + stop − 1 of the group, from one stretch to the next.
    private static Stretches AddRow(Arguments arguments, Stretches sum, int k, int x, int y, int begin, int stop)
    {
        int j = begin;
        while (j < stop)
        {
            while (k + j >= sum.Next)
                sum = new() { Before = sum.Before + sum.Stretch, Next = sum.Next + MatrixProduct<T>.Stretch };
            int until = sum.Next - k < stop ? sum.Next - k : stop;
            sum.Stretch = AddTerms(arguments, sum.Stretch, x, y, j, until);
            j = until;
        }

        return sum;
    }

    // Ascending j, four terms on their way from memory at a time.
    private static T AddTerms(Arguments arguments, T sum, int x, int y, int begin, int stop)
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
        bool patched = ConvolutionChoice.Of(shape.GroupOutputs, shape.FilterSize, FewestTermsOfPatch) != ConvolutionWay.Elements;
        int mostGroups = int.Max(1, (patched ? EnoughElements : EnoughThreads) / shape.WeightSize);
        int forTerms = ((patched ? FewestTermsOfPatch : FewestTerms) + width - 1) / width;
        return int.Max(forTerms, (int)(((long)rows + mostGroups - 1) / mostGroups));
    }

    // The full stretches; the one at work; and the term with which the next one begins.
    private struct Stretches
    {
        public T Before;
        public T Stretch;
        public int Next;
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
        public int XStride;
        public int YStride;
    }
}
