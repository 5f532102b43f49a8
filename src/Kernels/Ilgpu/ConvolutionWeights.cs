using System.Numerics;
using ILGPU;

namespace BasinVolume.Kernels.Ilgpu;

/// <summary>
/// The transpose of a convolution in its weights. There are few weights and many terms in each, so the samples are split into groups:
/// one thread sums one weight over one group, and then one thread a weight adds the groups in order. How many groups there are depends on the number of samples and the shape,
/// never on the number of members, so that a member alone has the same bits as in a batch.
/// </summary>
internal sealed class ConvolutionWeights<T>(IlgpuDevice device, Scratch<T> scratch)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int MostGroups = 64;

    // Elements of partial sums a member beyond which there are threads enough without more groups.
    private const int EnoughThreads = 1 << 18;

    // Terms below which a group is not worth its thread.
    private const int FewestTerms = 256;

    private readonly IlgpuKernel<GroupArguments> _groups = device.Load<GroupArguments>(SumGroup);
    private readonly IlgpuKernel<TotalArguments> _total = device.Load<TotalArguments>(AddGroups);

    public void Launch(int members, int samples, in ConvolutionShape shape, Batch<T> x, Batch<T> yAdjoint, Batch<T> wAdjoint, bool accumulate)
    {
        int weightSize = shape.WeightSize;
        if (members == 0 || weightSize == 0)
            return;
        int perGroup = SamplesPerGroup(samples, shape);
        int groups = (samples + perGroup - 1) / perGroup;
        ArrayView<T> xs = device.Take(x, members, (long)samples * shape.InputSize);
        ArrayView<T> ys = device.Take(yAdjoint, members, (long)samples * shape.OutputSize);
        ArrayView<T> ws = device.Take(wAdjoint, members, weightSize);
        int turn = Scratch<T>.Turn(members, long.Max(1L, (long)groups * weightSize));
        ArrayView<T> partial = scratch.Take((long)turn * groups * weightSize);

        for (int first = 0; first < members; first += turn)
        {
            int count = int.Min(turn, members - first);
            _groups.Launch((long)count * groups * weightSize, new GroupArguments
            {
                X = xs,
                YAdjoint = ys,
                Partial = partial,
                Shape = shape,
                OutputHeight = shape.OutputHeight,
                OutputWidth = shape.OutputWidth,
                Samples = samples,
                Groups = groups,
                PerGroup = perGroup,
                First = first,
                XStride = x.Stride,
                YStride = yAdjoint.Stride,
            });
            _total.Launch((long)count * weightSize, new TotalArguments
            {
                Partial = partial,
                WAdjoint = ws,
                WeightSize = weightSize,
                Groups = groups,
                First = first,
                WStride = wAdjoint.Stride,
                Accumulate = accumulate ? 1 : 0,
            });
        }
    }

    /// <summary>One partial sum, at [member of this turn, group, weight]: over the group's samples, then over the output's rows and columns.</summary>
    internal static void SumGroup(Index1D thread, GroupArguments arguments)
    {
        ConvolutionShape shape = arguments.Shape;
        int q = thread % shape.KernelWidth;
        int rest = thread / shape.KernelWidth;
        int p = rest % shape.KernelHeight;
        rest /= shape.KernelHeight;
        int c = rest % shape.InputChannels;
        rest /= shape.InputChannels;
        int o = rest % shape.OutputChannels;
        rest /= shape.OutputChannels;
        int first = rest % arguments.Groups * arguments.PerGroup;
        int v = arguments.First + (rest / arguments.Groups);
        int end = first + arguments.PerGroup;
        end = end < arguments.Samples ? end : arguments.Samples;

        int top = (p * shape.Dilation) - shape.Padding;
        int left = (q * shape.Dilation) - shape.Padding;
        T sum = T.Zero;
        for (int s = first; s < end; s++)
        {
            int x = (v * arguments.XStride) + (((s * shape.InputChannels) + c) * shape.InputHeight * shape.InputWidth);
            int y = (v * arguments.YStride) + (((s * shape.OutputChannels) + o) * arguments.OutputHeight * arguments.OutputWidth);
            for (int i = 0; i < arguments.OutputHeight; i++)
            {
                int row = (i * shape.Stride) + top;
                for (int j = 0; j < arguments.OutputWidth; j++)
                {
                    int column = (j * shape.Stride) + left;
                    if (row >= 0 && row < shape.InputHeight && column >= 0 && column < shape.InputWidth)
                        sum += arguments.YAdjoint[y] * arguments.X[x + (row * shape.InputWidth) + column];
                    y++;
                }
            }
        }

        arguments.Partial[thread] = sum;
    }

    internal static void AddGroups(Index1D thread, TotalArguments arguments)
    {
        int weight = thread % arguments.WeightSize;
        int member = thread / arguments.WeightSize;
        int partial = (member * arguments.Groups * arguments.WeightSize) + weight;
        T sum = T.Zero;
        for (int g = 0; g < arguments.Groups; g++)
        {
            sum += arguments.Partial[partial];
            partial += arguments.WeightSize;
        }

        int w = ((arguments.First + member) * arguments.WStride) + weight;
        arguments.WAdjoint[w] = arguments.Accumulate != 0 ? arguments.WAdjoint[w] + sum : sum;
    }

    private static int SamplesPerGroup(int samples, in ConvolutionShape shape)
    {
        int outputPlane = int.Max(1, shape.OutputHeight * shape.OutputWidth);
        int mostGroups = int.Clamp(EnoughThreads / shape.WeightSize, 1, MostGroups);
        int forTerms = (FewestTerms + outputPlane - 1) / outputPlane;
        return int.Max(forTerms, (samples + mostGroups - 1) / mostGroups);
    }

    internal struct GroupArguments
    {
        public ArrayView<T> X;
        public ArrayView<T> YAdjoint;
        public ArrayView<T> Partial;
        public ConvolutionShape Shape;
        public int OutputHeight;
        public int OutputWidth;
        public int Samples;
        public int Groups;
        public int PerGroup;
        public int First;
        public int XStride;
        public int YStride;
    }

    internal struct TotalArguments
    {
        public ArrayView<T> Partial;
        public ArrayView<T> WAdjoint;
        public int WeightSize;
        public int Groups;
        public int First;
        public int WStride;
        public int Accumulate;
    }
}
