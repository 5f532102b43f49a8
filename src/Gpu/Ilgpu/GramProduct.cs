using System.Numerics;
using BasinVolume.Kernels;
using ILGPU;

namespace BasinVolume.Gpu.Ilgpu;

/// <summary>
/// g = Xᵀ diag(w) X for each entry, in stretches of <see cref="MatrixProduct{T}.Stretch"/> samples as products are:
/// tiles of the upper triangle, one for each stretch where there are few, or one thread an element where a group of threads cannot be as large as a tile needs.
/// The bits are the same.
/// </summary>
internal sealed class GramProduct<T>(IlgpuDevice device, Scratch<T> scratch, ElementProduct<T> elements)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Groups of threads that keep a GPU busy without splitting sums.
    private const int EnoughGroups = 1024;

    private IlgpuKernel<Arguments>? _kernel;
    private GramTiles<T>? _tiles;

    public void Launch(int features, in MatrixBatch<T> weights, View<T> x, View<T> grams)
    {
        long size = (long)features * features;
        long total = weights.Columns * size;
        if (total == 0)
            return;
        View<T> all = grams.First(total);
        if (GramTiles<T>.Threads > device.Accelerator.MaxNumThreadsPerGroup)
        {
            LaunchElements(features, weights, x, all);
            return;
        }

        _tiles ??= new(device);
        ProductSplit split = MatrixProduct<T>.Split(weights.Rows, total, GramTiles<T>.Tiles(features, weights.Columns) < EnoughGroups);
        if (split.Count == 1)
        {
            _tiles.Launch(features, weights, x, split, all);
            return;
        }

        View<T> sums = scratch.Take(total * split.Count);
        _tiles.Launch(features, weights, x, split, sums);
        elements.LaunchSplits(weights.Columns, device.Take(sums, sums.Length), MatrixBatch<T>.RowMajor(all, features, features, (int)size), split, false);
    }

    internal static void WeightedGram(Index1D thread, Arguments arguments)
    {
        int j = thread % arguments.Features;
        int row = thread / arguments.Features;
        int i = row % arguments.Features;
        if (j < i)
            return;
        int entry = row / arguments.Features;
        T total = T.Zero;
        int s = 0;
        while (s < arguments.Samples)
        {
            int stop = arguments.Samples - s < MatrixProduct<T>.Stretch ? arguments.Samples : s + MatrixProduct<T>.Stretch;
            T stretch = T.Zero;
            for (; s < stop; s++)
            {
                T weighted = arguments.Weights[(s * arguments.WeightRow) + (entry * arguments.WeightColumn)] * arguments.X[(s * arguments.Features) + i];
                stretch += weighted * arguments.X[(s * arguments.Features) + j];
            }

            total += stretch;
        }

        arguments.Grams[thread] = total;
    }

    private void LaunchElements(int features, in MatrixBatch<T> weights, View<T> x, View<T> grams)
        => (_kernel ??= device.Load<Arguments>(WeightedGram)).Launch(grams.Length, new Arguments
        {
            Weights = device.Take(weights, 1),
            X = device.Take(x, (long)weights.Rows * features),
            Grams = device.Take(grams, grams.Length),
            Samples = weights.Rows,
            Features = features,
            WeightRow = weights.RowStride,
            WeightColumn = weights.ColumnStride,
        });

    internal struct Arguments
    {
        public ArrayView<T> Weights;
        public ArrayView<T> X;
        public ArrayView<T> Grams;
        public int Samples;
        public int Features;
        public int WeightRow;
        public int WeightColumn;
    }
}
