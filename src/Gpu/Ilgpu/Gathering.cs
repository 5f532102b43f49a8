using System.Numerics;
using BasinVolume.Kernels;
using ILGPU;

namespace BasinVolume.Gpu.Ilgpu;

/// <summary>
/// A gather by saved indices, one thread an element of y; and its transpose, up to <see cref="MostLanes"/> threads a row of x̄, each for every so manieth
/// element: it reads the row's indices in order and adds what is its own.
/// So nothing is added atomically, and neighbouring threads write neighbours.
/// </summary>
internal sealed class Gathering<T>(IlgpuDevice device)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // The threads of a warp.
    private const int MostLanes = 32;

    private readonly IlgpuKernel<Arguments> _gather = device.Load<Arguments>(Gather);
    private readonly IlgpuKernel<Arguments> _scatter = device.Load<Arguments>(ScatterAdd);

    public void Launch(in GatherShape shape, View<int> index, Batch<T> x, View<T> y)
    {
        long length = (long)shape.Entries * shape.Rows * shape.Gathered;
        if (length == 0)
            return;
        _gather.Launch(length, new Arguments
        {
            Small = device.Take(y, length),
            Large = device.Take(x, shape.Entries, (long)shape.Rows * shape.Source),
            Index = TakeIndex(shape, index),
            Shape = shape,
            MemberStride = x.Stride,
        });
    }

    public void LaunchTranspose(in GatherShape shape, View<int> index, Batch<T> yAdjoint, View<T> xAdjoint, bool accumulate)
    {
        long rows = (long)shape.Entries * shape.Rows;
        if (rows * shape.Source == 0)
            return;
        int lanes = (int)uint.Min(MostLanes, BitOperations.RoundUpToPowerOf2((uint)shape.Source));
        _scatter.Launch(rows * lanes, new Arguments
        {
            Small = device.Take(yAdjoint, shape.Entries, (long)shape.Rows * shape.Gathered),
            Large = device.Take(xAdjoint, rows * shape.Source),
            Index = TakeIndex(shape, index),
            Shape = shape,
            MemberStride = yAdjoint.Stride,
            Lanes = lanes,
            Accumulate = accumulate ? 1 : 0,
        });
    }

    internal static void Gather(Index1D thread, Arguments arguments)
    {
        GatherShape shape = arguments.Shape;
        int o = thread % shape.Gathered;
        int rest = thread / shape.Gathered;
        int r = rest % shape.Rows;
        int v = rest / shape.Rows;
        int from = arguments.Index[(v * shape.IndexEntryStride) + (r * shape.IndexRowStride) + o];
        T value = T.Zero;
        if (from >= 0)
            value = arguments.Large[(v * arguments.MemberStride) + (r * shape.Source) + from];
        arguments.Small[thread] = value;
    }

    internal static void ScatterAdd(Index1D thread, Arguments arguments)
    {
        GatherShape shape = arguments.Shape;
        int lane = thread % arguments.Lanes;
        int row = thread / arguments.Lanes;
        int r = row % shape.Rows;
        int v = row / shape.Rows;
        int large = row * shape.Source;
        if (arguments.Accumulate == 0)
        {
            for (int i = lane; i < shape.Source; i += arguments.Lanes)
                arguments.Large[large + i] = T.Zero;
        }

        int index = (v * shape.IndexEntryStride) + (r * shape.IndexRowStride);
        int small = (v * arguments.MemberStride) + (r * shape.Gathered);
        int o = 0;
        for (; o + 4 <= shape.Gathered; o += 4)
        {
            // Four on their way from memory at a time: additions in between would make each wait for the one before.
            int to0 = arguments.Index[index + o], to1 = arguments.Index[index + o + 1],
                to2 = arguments.Index[index + o + 2], to3 = arguments.Index[index + o + 3];
            T y0 = arguments.Small[small + o], y1 = arguments.Small[small + o + 1], y2 = arguments.Small[small + o + 2], y3 = arguments.Small[small + o + 3];
            Add(arguments, large, to0, lane, y0);
            Add(arguments, large, to1, lane, y1);
            Add(arguments, large, to2, lane, y2);
            Add(arguments, large, to3, lane, y3);
        }

        for (; o < shape.Gathered; o++)
            Add(arguments, large, arguments.Index[index + o], lane, arguments.Small[small + o]);
    }

    // Lanes are a power of two.
    private static void Add(Arguments arguments, int row, int to, int lane, T term)
    {
        if (to >= 0 && (to & (arguments.Lanes - 1)) == lane)
            arguments.Large[row + to] += term;
    }

    private ArrayView<int> TakeIndex(in GatherShape shape, View<int> index)
    {
        long last = ((shape.Entries - 1L) * shape.IndexEntryStride) + ((shape.Rows - 1L) * shape.IndexRowStride) + shape.Gathered;
        return device.Take(index, shape.Gathered == 0 ? 0 : last);
    }

    internal struct Arguments
    {
        public ArrayView<T> Small;
        public ArrayView<T> Large;
        public ArrayView<int> Index;
        public GatherShape Shape;
        public int MemberStride;
        public int Lanes;
        public int Accumulate;
    }
}
