using System.Numerics;
using BasinVolume.Kernels;
using ILGPU;

namespace BasinVolume.Gpu.Ilgpu;

/// <summary>
/// g = Xᵀ diag(w) X, one group of threads a tile of <see cref="Lines"/> × <see cref="Lines"/> on or above the diagonal.
/// The group fetches w ⊙ X and X for a stretch of samples into shared memory; what comes next is on its way to registers while it multiplies what is there.
/// Two halves, one barrier a stretch. Each thread sums 8 × 4 elements in the order of <see cref="MatrixProduct{T}"/>.
/// </summary>
internal sealed class GramTiles<T>(IlgpuDevice device)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Threads of a group: each fetches one four of either factor at a time.</summary>
    public const int Threads = Lines * Lines / (RegisterTile<T>.Rows * RegisterTile<T>.Columns);

    private const int Lines = 64;
    private const int Fours = Lines / 4;

    private readonly IlgpuGroupKernel<GramArguments<T>> _kernel = device.LoadGroups<GramArguments<T>>(Multiply, Threads);

    /// <summary>Groups of threads that some entries take if their sums are not split.</summary>
    public static long Tiles(int features, int entries)
    {
        long lines = ((long)features + Lines - 1) / Lines;
        return entries * lines * (lines + 1) / 2;
    }

    /// <summary>Starts the sums, or one for each split of the samples.</summary>
    public void Launch(int features, in MatrixBatch<T> weights, View<T> x, ProductSplit split, View<T> target)
        => _kernel.Launch(Tiles(features, weights.Columns) * split.Count, new()
        {
            X = TileEdge<T>.Of(device, MatrixBatch<T>.RowMajor(x, weights.Rows, features).Transpose(), 1),
            Weights = device.Take(weights, 1),
            Grams = TileStore<T>.Of(
                device.Take(target, target.Length), MatrixBatch<T>.RowMajor(target, features, features, features * features), features, false),
            Samples = weights.Rows,
            Features = features,
            Entries = weights.Columns,
            WeightRow = weights.RowStride,
            WeightColumn = weights.ColumnStride,
            TileLines = (features + Lines - 1) / Lines,
            PerSplit = split.Terms,
            SplitStride = split.Stride,
        });

    internal static void Multiply(GramArguments<T> arguments)
    {
        ArrayView<int> rows = SharedMemory.Allocate<int>(Lines);
        ArrayView<int> columns = SharedMemory.Allocate<int>(Lines);
        ArrayView<Four<T>> left = SharedMemory.Allocate<Four<T>>(2 * TileEdge<T>.Depth * TileEdge<T>.Pitch(Lines));
        ArrayView<Four<T>> right = SharedMemory.Allocate<Four<T>>(2 * TileEdge<T>.Depth * TileEdge<T>.Pitch(Lines));

        // Tiles are numbered row by row from the diagonal on.
        int entry = Grid.IdxX % arguments.Entries;
        int column = Grid.IdxX / arguments.Entries;
        int tiles = arguments.TileLines * (arguments.TileLines + 1) / 2;
        int split = column / tiles;
        column %= tiles;
        int row = 0;
        while (column >= arguments.TileLines - row)
        {
            column -= arguments.TileLines - row;
            row++;
        }

        column += row;
        for (int i = Group.IdxX; i < Lines; i += Threads)
        {
            rows[i] = (row * Lines) + i < arguments.Features ? (row * Lines) + i : -1;
            columns[i] = (column * Lines) + i < arguments.Features ? (column * Lines) + i : -1;
        }

        Group.Barrier();
        int k = split * arguments.PerSplit;
        int end = arguments.Samples - k < arguments.PerSplit ? arguments.Samples : k + arguments.PerSplit;
        RegisterTile<T> sum = Sum(arguments, entry, rows, columns, left, right, k, end);

        int threadRow = (row * Lines) + (Group.IdxX / Fours * RegisterTile<T>.Rows);
        int threadColumn = (column * Lines) + (Group.IdxX % Fours * RegisterTile<T>.Columns);
        arguments.Grams.Store((split * arguments.SplitStride) + (entry * arguments.Features * arguments.Features), threadRow, threadColumn, sum);
    }

    private static RegisterTile<T> Sum(
        GramArguments<T> arguments, int entry, ArrayView<int> rows, ArrayView<int> columns, ArrayView<Four<T>> left, ArrayView<Four<T>> right, int k, int end)
    {
        int line = Group.IdxX % Fours;
        int depth = Group.IdxX / Fours;
        int place = (depth * TileEdge<T>.Pitch(Lines)) + line;
        int half = 0;
        Four<T> nextLeft = arguments.Weighted(entry, rows, line * 4, k + depth, end);
        Four<T> nextRight = arguments.X.FetchLines(columns, line * 4, k + depth, end);
        RegisterTile<T> total = default;
        while (k < end)
        {
            RegisterTile<T> stretch = default;
            int stop = end - k < MatrixProduct<T>.Stretch ? end : k + MatrixProduct<T>.Stretch;
            while (k < stop)
            {
                left[half + place] = nextLeft;
                right[half + place] = nextRight;
                Group.Barrier();
                k += TileEdge<T>.Depth;
                nextLeft = arguments.Weighted(entry, rows, line * 4, k + depth, end);
                nextRight = arguments.X.FetchLines(columns, line * 4, k + depth, end);
                stretch = stretch.PlusTerms(
                    TileEdge<T>.From(left, half + (depth * 2)), TileEdge<T>.Pitch(Lines), TileEdge<T>.From(right, half + line), TileEdge<T>.Pitch(Lines));
                half = (TileEdge<T>.Depth * TileEdge<T>.Pitch(Lines)) - half;
            }

            total = total.Plus(stretch);
        }

        return total;
    }
}

internal struct GramArguments<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public TileEdge<T> X;
    public ArrayView<T> Weights;
    public TileStore<T> Grams;
    public int Samples;
    public int Features;
    public int Entries;
    public int WeightRow;
    public int WeightColumn;
    public int TileLines;
    public int PerSplit;
    public int SplitStride;

    /// <summary>Four features of sample k times the sample's weight.</summary>
    public readonly Four<T> Weighted(int entry, ArrayView<int> places, int line, int k, int end)
    {
        T weight = k < end ? Weights[(k * WeightRow) + (entry * WeightColumn)] : T.Zero;
        return X.FetchLines(places, line, k, end).Times(weight);
    }
}
