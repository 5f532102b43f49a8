using System.Numerics;
using BasinVolume.Kernels;
using ILGPU;

namespace BasinVolume.Gpu.Ilgpu;

/// <summary>
/// c = a b, one group of threads a tile of c. The group has some of a's columns and of b's rows in shared memory;
/// the next ones are on their way to registers while it multiplies what is there. Two halves, one barrier each time.
/// Each thread sums 8 × 4 elements in registers, in the order of <see cref="MatrixProduct{T}"/>.
/// </summary>
internal sealed class TiledProduct<T, TTile>(IlgpuDevice device)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TTile : struct, ITile
{
    private readonly IlgpuGroupKernel<TiledArguments<T>> _kernel = device.LoadGroups<TiledArguments<T>>(Multiply, TTile.Threads);

    /// <summary>Groups of threads that a product takes if its terms are not split.</summary>
    public static long Tiles(in ProductForm<T> form) => (long)form.Batches * Parts(form.Rows, TTile.Rows) * Parts(form.Columns, TTile.Columns);

    /// <summary>Starts the product, or one for each split of its terms.</summary>
    public void Launch(in ProductForm<T> form, ProductSplit split, ArrayView<T> target, bool accumulate)
    {
        int entries = form.Entries;
        MatrixBatch<T> c = form.C;
        _kernel.Launch(Tiles(form) * split.Count, new()
        {
            A = TileEdge<T>.Of(device, form.A, entries),
            B = TileEdge<T>.Of(device, form.B.Transpose(), entries),
            C = TileStore<T>.Of(target, c, form.Rows, accumulate),
            Inner = form.Inner,
            RowTiles = Parts(form.Rows, TTile.Rows),
            ColumnTiles = Parts(form.Columns, TTile.Columns),
            Batches = form.Batches,
            PerSplit = split.Terms,
            SplitStride = split.Stride,
        });
    }

    internal static void Multiply(TiledArguments<T> arguments)
    {
        ArrayView<int> rows = SharedMemory.Allocate<int>(TTile.Rows);
        ArrayView<int> columns = SharedMemory.Allocate<int>(TTile.Columns);
        ArrayView<Four<T>> left = SharedMemory.Allocate<Four<T>>(2 * TileEdge<T>.Depth * TileEdge<T>.Pitch(TTile.Rows));
        ArrayView<Four<T>> right = SharedMemory.Allocate<Four<T>>(2 * TileEdge<T>.Depth * TileEdge<T>.Pitch(TTile.Columns));

        int firstColumn = Grid.IdxX % arguments.ColumnTiles * TTile.Columns;
        int rest = Grid.IdxX / arguments.ColumnTiles;
        int firstRow = rest % arguments.RowTiles * TTile.Rows;
        rest /= arguments.RowTiles;
        int batch = rest % arguments.Batches;
        int split = rest / arguments.Batches;
        for (int i = Group.IdxX; i < TTile.Rows; i += TTile.Threads)
        {
            int row = firstRow + i;
            rows[i] = row < arguments.C.Rows ? arguments.A.Place(batch + (row / arguments.C.RowsPerEntry), row % arguments.C.RowsPerEntry) : -1;
        }

        for (int i = Group.IdxX; i < TTile.Columns; i += TTile.Threads)
            columns[i] = firstColumn + i < arguments.C.Columns ? arguments.B.Place(batch, firstColumn + i) : -1;
        Group.Barrier();

        int k = split * arguments.PerSplit;
        int end = arguments.Inner - k < arguments.PerSplit ? arguments.Inner : k + arguments.PerSplit;
        RegisterTile<T> sum = Sum(arguments, rows, columns, left, right, k, end);

        int threadRow = firstRow + (Group.IdxX / (TTile.Columns / RegisterTile<T>.Columns) * RegisterTile<T>.Rows);
        int threadColumn = firstColumn + (Group.IdxX % (TTile.Columns / RegisterTile<T>.Columns) * RegisterTile<T>.Columns);
        arguments.C.Store((split * arguments.SplitStride) + (batch * arguments.C.BatchStride), threadRow, threadColumn, sum);
    }

    private static RegisterTile<T> Sum(
        TiledArguments<T> arguments, ArrayView<int> rows, ArrayView<int> columns, ArrayView<Four<T>> left, ArrayView<Four<T>> right, int k, int end)
    {
        int a = Group.IdxX / (TTile.Columns / RegisterTile<T>.Columns) * 2;
        int b = Group.IdxX % (TTile.Columns / RegisterTile<T>.Columns);
        int half = 0;
        Fetched next = Fetch(arguments, rows, columns, k, end);
        RegisterTile<T> total = default;
        while (k < end)
        {
            RegisterTile<T> stretch = default;
            int stop = end - k < MatrixProduct<T>.Stretch ? end : k + MatrixProduct<T>.Stretch;
            while (k < stop)
            {
                int leftHalf = half * TileEdge<T>.Depth * TileEdge<T>.Pitch(TTile.Rows);
                int rightHalf = half * TileEdge<T>.Depth * TileEdge<T>.Pitch(TTile.Columns);
                Put(arguments, left, leftHalf, right, rightHalf, next);
                Group.Barrier();
                k += TileEdge<T>.Depth;
                next = Fetch(arguments, rows, columns, k, end);
                stretch = stretch.PlusTerms(
                    TileEdge<T>.From(left, a + leftHalf), TileEdge<T>.Pitch(TTile.Rows),
                    TileEdge<T>.From(right, b + rightHalf), TileEdge<T>.Pitch(TTile.Columns));
                half = 1 - half;
            }

            total = total.Plus(stretch);
        }

        return total;
    }

    // Sizes of tiles are constants, and so are the answers to these questions in a compiled kernel.
    private static Fetched Fetch(TiledArguments<T> arguments, ArrayView<int> rows, ArrayView<int> columns, int k, int end)
    {
        Fetched fetched = default;
        int i = Group.IdxX;
        fetched.Left0 = arguments.A.Fetch(rows, TTile.Rows, i, k, end);
        if (TileEdge<T>.Fours(TTile.Rows) > TTile.Threads)
        {
            fetched.Left1 = arguments.A.Fetch(rows, TTile.Rows, i + TTile.Threads, k, end);
            fetched.Left2 = arguments.A.Fetch(rows, TTile.Rows, i + (2 * TTile.Threads), k, end);
            fetched.Left3 = arguments.A.Fetch(rows, TTile.Rows, i + (3 * TTile.Threads), k, end);
        }

        if (i < TileEdge<T>.Fours(TTile.Columns))
            fetched.Right = arguments.B.Fetch(columns, TTile.Columns, i, k, end);
        return fetched;
    }

    private static void Put(TiledArguments<T> arguments, ArrayView<Four<T>> left, int leftHalf, ArrayView<Four<T>> right, int rightHalf, Fetched fetched)
    {
        int i = Group.IdxX;
        arguments.A.Put(left, leftHalf, TTile.Rows, i, fetched.Left0);
        if (TileEdge<T>.Fours(TTile.Rows) > TTile.Threads)
        {
            arguments.A.Put(left, leftHalf, TTile.Rows, i + TTile.Threads, fetched.Left1);
            arguments.A.Put(left, leftHalf, TTile.Rows, i + (2 * TTile.Threads), fetched.Left2);
            arguments.A.Put(left, leftHalf, TTile.Rows, i + (3 * TTile.Threads), fetched.Left3);
        }

        if (i < TileEdge<T>.Fours(TTile.Columns))
            arguments.B.Put(right, rightHalf, TTile.Columns, i, fetched.Right);
    }

    // What a thread has on its way: one four of the left factor or four of them, and at most one of the right factor.
    private struct Fetched
    {
        public Four<T> Left0;
        public Four<T> Left1;
        public Four<T> Left2;
        public Four<T> Left3;
        public Four<T> Right;
    }

    private static int Parts(int length, int part) => (int)(((long)length + part - 1) / part);
}

internal struct TiledArguments<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public TileEdge<T> A;
    public TileEdge<T> B;
    public TileStore<T> C;
    public int Inner;
    public int RowTiles;
    public int ColumnTiles;
    public int Batches;
    public int PerSplit;
    public int SplitStride;
}
