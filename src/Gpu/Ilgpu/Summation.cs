using System.Numerics;
using ILGPU;

namespace BasinVolume.Gpu.Ilgpu;

/// <summary>
/// b_v[c] = Σ_{r,i} y_v[r, c, i] as a tree. In one step a thread sums some terms of one channel: every <em>lanes</em>-th pixel, so that neighbouring threads
/// read neighbours, of a few rows.
/// What a step leaves is again [rows, channels, pixels], with fewer rows and pixels, until there is one of each. The tree depends on rows and pixels alone.
/// </summary>
internal sealed class Summation<T>(IlgpuDevice device)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Terms of a thread: enough to be worth starting it, few enough that no thread is waited for.
    private const int Terms = 32;

    // Lanes come in as many as read a stretch of memory together.
    private const int Together = 32;

    private readonly IlgpuKernel<Arguments> _kernel = device.Load<Arguments>(Sum);

    /// <summary>Elements of scratch that the steps between the first and the last take for one entry.</summary>
    public static long ScratchLength(int rows, int channels, int inner)
    {
        long length = 0;
        for (var step = Step.First(rows, inner); !step.IsLast; step = step.Next())
            length += (long)step.Groups * channels * step.Lanes;
        return length;
    }

    /// <summary>Starts the sums of some entries.</summary>
    /// <param name="count">How many entries.</param>
    /// <param name="rows">Rows of each.</param>
    /// <param name="channels">Channels of each row.</param>
    /// <param name="inner">Pixels of each channel.</param>
    /// <param name="y">The terms.</param>
    /// <param name="b">The sums.</param>
    /// <param name="scratch">Count times what <see cref="ScratchLength"/> says.</param>
    /// <param name="accumulate">Whether the sums are added to b.</param>
    public void Launch(int count, int rows, int channels, int inner, in Entries y, in Entries b, ArrayView<T> scratch, bool accumulate)
    {
        var arguments = new Arguments { Source = y, Channels = channels };
        long used = 0;
        for (var step = Step.First(rows, inner); ; step = step.Next())
        {
            arguments.Step = step;
            int size = step.Groups * channels * step.Lanes;
            if (step.IsLast)
                break;
            arguments.Target = new() { Elements = scratch.SubView(used, (long)count * size), Stride = size };
            _kernel.Launch((long)count * size, arguments);

            used += (long)count * size;
            arguments.Source = arguments.Target;
        }

        arguments.Target = b;
        arguments.Accumulate = accumulate ? 1 : 0;
        _kernel.Launch((long)count * channels, arguments);
    }

    internal static void Sum(Index1D thread, Arguments arguments)
    {
        Step step = arguments.Step;
        int lane = thread % step.Lanes;
        int rest = thread / step.Lanes;
        int channel = rest % arguments.Channels;
        rest /= arguments.Channels;
        int group = rest % step.Groups;
        int entry = rest / step.Groups;

        int row = group * step.RowsPerGroup;
        int end = step.Rows - row < step.RowsPerGroup ? step.Rows : row + step.RowsPerGroup;
        int y = ((arguments.Source.First + entry) * arguments.Source.Stride) + (((row * arguments.Channels) + channel) * step.Inner);
        int lastRow = y + ((end - 1 - row) * arguments.Channels * step.Inner);
        var place = new Place { Row = y, Inner = lane };
        T sum = T.Zero;
        while (place.Row <= lastRow)
        {
            // Four terms on their way from memory at a time; what comes after the last is 0.
            T t0 = Term(arguments, place, lastRow);
            place = Next(arguments, place, lane);
            T t1 = Term(arguments, place, lastRow);
            place = Next(arguments, place, lane);
            T t2 = Term(arguments, place, lastRow);
            place = Next(arguments, place, lane);
            T t3 = Term(arguments, place, lastRow);
            place = Next(arguments, place, lane);
            sum += t0;
            sum += t1;
            sum += t2;
            sum += t3;
        }

        int target = ((arguments.Target.First + entry) * arguments.Target.Stride) + (((group * arguments.Channels) + channel) * step.Lanes) + lane;
        arguments.Target.Elements[target] = arguments.Accumulate != 0 ? arguments.Target.Elements[target] + sum : sum;
    }

    private static T Term(Arguments arguments, Place place, int lastRow)
        => place.Row <= lastRow && place.Inner < arguments.Step.Inner ? arguments.Source.Elements[place.Row + place.Inner] : T.Zero;

    // The lane's next pixel of the row, or its first of the next row.
    private static Place Next(Arguments arguments, Place place, int lane)
    {
        int inner = place.Inner + arguments.Step.Lanes;
        return inner < arguments.Step.Inner
            ? new() { Row = place.Row, Inner = inner }
            : new() { Row = place.Row + (arguments.Channels * arguments.Step.Inner), Inner = lane };
    }

    /// <summary>Where a term is: the beginning of its row, and its pixel there.</summary>
    private struct Place
    {
        public int Row;
        public int Inner;
    }

    /// <summary>One level of the tree: from [Rows, channels, Inner] to [Groups, channels, Lanes].</summary>
    internal struct Step
    {
        public int Rows;
        public int Inner;
        public int RowsPerGroup;
        public int Groups;
        public int Lanes;

        public readonly bool IsLast => Groups == 1 && Lanes == 1;

        public static Step First(int rows, int inner)
        {
            int lanes = inner > Terms ? ((inner - 1) / (Terms * Together) * Together) + Together : 1;
            int perRow = int.Max(1, (inner + lanes - 1) / lanes);
            int rowsPerGroup = int.Max(1, Terms / perRow);
            return new()
            {
                Rows = rows,
                Inner = inner,
                RowsPerGroup = rowsPerGroup,
                Groups = int.Max(1, (int)(((long)rows + rowsPerGroup - 1) / rowsPerGroup)),
                Lanes = lanes,
            };
        }

        public readonly Step Next() => First(Groups, Lanes);
    }

    /// <summary>An operand of entries, and the first of them that is meant.</summary>
    internal struct Entries
    {
        public ArrayView<T> Elements;
        public int Stride;
        public int First;
    }

    internal struct Arguments
    {
        public Entries Source;
        public Entries Target;
        public Step Step;
        public int Channels;
        public int Accumulate;
    }
}
