using System.Numerics;
using BasinVolume.Kernels;
using ILGPU;

namespace BasinVolume.Gpu.Ilgpu;

/// <summary>
/// c = a b, one thread an element of c: for products that would leave most of a tile empty. And the sum of the splits of a product, likewise.
/// </summary>
internal sealed class ElementProduct<T>(IlgpuDevice device)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly IlgpuKernel<Arguments> _product = device.Load<Arguments>(Multiply);
    private readonly IlgpuKernel<Arguments> _splits = device.Load<Arguments>(AddSplits);

    /// <summary>Starts the product, or one for each split of its terms, to <paramref name="target"/> in the layout of <paramref name="c"/>.</summary>
    public void Launch(int entries, in MatrixBatch<T> a, in MatrixBatch<T> b, in MatrixBatch<T> c, ProductSplit split, ArrayView<T> target, bool accumulate)
    {
        Arguments arguments = Prepare(entries, c, split, target, accumulate);
        arguments.A = Operand.Of(device, a, entries);
        arguments.B = Operand.Of(device, b, entries);
        arguments.Inner = a.Columns;
        _product.Launch((long)entries * c.Rows * c.Columns * split.Count, arguments);
    }

    /// <summary>Adds up what the splits have left in <paramref name="sums"/>, row-major for each entry.</summary>
    public void LaunchSplits(int entries, ArrayView<T> sums, in MatrixBatch<T> c, ProductSplit split, bool accumulate)
    {
        Arguments arguments = Prepare(entries, c, split, device.Take(c, entries), accumulate);
        arguments.A.Elements = sums;
        _splits.Launch((long)entries * c.Rows * c.Columns, arguments);
    }

    internal static void Multiply(Index1D thread, Arguments arguments)
    {
        int column = thread % arguments.Columns;
        int rest = thread / arguments.Columns;
        int row = rest % arguments.Rows;
        rest /= arguments.Rows;
        int entry = rest % arguments.Entries;
        int split = rest / arguments.Entries;

        int k = split * arguments.PerSplit;
        int end = arguments.Inner - k < arguments.PerSplit ? arguments.Inner : k + arguments.PerSplit;
        int a = arguments.A.Place(entry, row, k);
        int b = arguments.B.Place(entry, k, column);
        T total = T.Zero;
        while (k < end)
        {
            int stop = end - k < MatrixProduct<T>.Stretch ? end : k + MatrixProduct<T>.Stretch;
            T stretch = T.Zero;
            for (; k + 4 <= stop; k += 4)
            {
                // Four terms on their way from memory at a time.
                T a0 = arguments.A.Elements[a], b0 = arguments.B.Elements[b];
                T a1 = arguments.A.Elements[a + arguments.A.ColumnStride], b1 = arguments.B.Elements[b + arguments.B.RowStride];
                T a2 = arguments.A.Elements[a + (2 * arguments.A.ColumnStride)], b2 = arguments.B.Elements[b + (2 * arguments.B.RowStride)];
                T a3 = arguments.A.Elements[a + (3 * arguments.A.ColumnStride)], b3 = arguments.B.Elements[b + (3 * arguments.B.RowStride)];
                stretch += a0 * b0;
                stretch += a1 * b1;
                stretch += a2 * b2;
                stretch += a3 * b3;
                a += 4 * arguments.A.ColumnStride;
                b += 4 * arguments.B.RowStride;
            }

            for (; k < stop; k++)
            {
                stretch += arguments.A.Elements[a] * arguments.B.Elements[b];
                a += arguments.A.ColumnStride;
                b += arguments.B.RowStride;
            }

            total += stretch;
        }

        int c = (split * arguments.SplitStride) + arguments.C.Place(entry, row, column);
        arguments.C.Elements[c] = arguments.Accumulate != 0 ? arguments.C.Elements[c] + total : total;
    }

    internal static void AddSplits(Index1D thread, Arguments arguments)
    {
        T total = T.Zero;
        int place = thread;
        for (int split = 0; split < arguments.Splits; split++)
        {
            total += arguments.A.Elements[place];
            place += arguments.SplitStride;
        }

        int column = thread % arguments.Columns;
        int rest = thread / arguments.Columns;
        int c = arguments.C.Place(rest / arguments.Rows, rest % arguments.Rows, column);
        arguments.C.Elements[c] = arguments.Accumulate != 0 ? arguments.C.Elements[c] + total : total;
    }

    private static Arguments Prepare(int entries, in MatrixBatch<T> c, ProductSplit split, ArrayView<T> target, bool accumulate) => new()
    {
        C = Operand.Of(target, c),
        Entries = entries,
        Rows = c.Rows,
        Columns = c.Columns,
        Splits = split.Count,
        PerSplit = split.Terms,
        SplitStride = split.Stride,
        Accumulate = accumulate ? 1 : 0,
    };

    internal struct Operand
    {
        public ArrayView<T> Elements;
        public int BatchStride;
        public int RowStride;
        public int ColumnStride;

        public static Operand Of(IlgpuDevice device, in MatrixBatch<T> matrices, int entries) => Of(device.Take(matrices, entries), matrices);

        public static Operand Of(ArrayView<T> elements, in MatrixBatch<T> matrices) => new()
        {
            Elements = elements,
            BatchStride = matrices.BatchStride,
            RowStride = matrices.RowStride,
            ColumnStride = matrices.ColumnStride,
        };

        public readonly int Place(int entry, int row, int column) => (entry * BatchStride) + (row * RowStride) + (column * ColumnStride);
    }

    internal struct Arguments
    {
        public Operand A;
        public Operand B;
        public Operand C;
        public int Entries;
        public int Rows;
        public int Columns;
        public int Inner;
        public int Splits;
        public int PerSplit;
        public int SplitStride;
        public int Accumulate;
    }
}
