using System.Numerics;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Kernels;

namespace BasinVolume.Autodiff.Sweeps;

/// <summary>Products of a second-derivative matrix with a batch of directions of any kind.</summary>
internal static class ProductSweep
{
    // Where shards are added, a product waits in as many places as the tree has levels. More directions than these go in several turns, so that what waits is
    // little beside the directions; what is computed of a chunk before directions run through it, once for each turn, is as little beside so many.
    private const int DirectionsAtOnce = 16;

    /// <summary>[V, n]: the matrix times each row of <paramref name="directions"/>.</summary>
    /// <exception cref="NetworkException">A direction does not have n elements, there are no samples, or a label is not a class of the network.</exception>
    public static Matrix Run<T>(Plan<T> plan, ISamples samples, Matrix directions, Preparation<T> prepare, CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using Plan<T>.Turn turn = plan.Enter();
        int n = plan.Network.ParameterCount;
        if (directions.Columns != n)
            throw new NetworkException($"A direction of this network has {n} elements; the rows given have {directions.Columns}.");
        var shards = SampleShards.OfVectors(plan, samples.Count);
        int most = shards.Count == 1 ? directions.Rows : DirectionsAtOnce;
        if (directions.Rows <= most)
            return new(directions.Rows, n, Run(plan, samples, shards, directions, prepare, cancellation));
        var products = new Matrix(directions.Rows, n);
        for (int first = 0; first < directions.Rows; first += most)
        {
            int count = Math.Min(most, directions.Rows - first);
            var some = new Matrix(count, n, directions.Values[(first * n)..((first + count) * n)]);
            Run(plan, samples, shards, some, prepare, cancellation).CopyTo(products.Values, first * n);
        }

        return products;
    }

    private static double[] Run<T>(
        Plan<T> plan, ISamples samples, SampleShards shards, Matrix directions, Preparation<T> prepare, CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => SharedSum.Over(plan, shards, new(directions.Values.Length), (shard, sum) =>
        {
            for (int chunk = 0; chunk < Chunks.Count(plan, shard); chunk++)
            {
                prepare(plan, samples, Chunks.Of(plan, shard, chunk));
                Add(plan, directions, sum, chunk > 0, cancellation);
            }
        });

    // The first chunk writes every element.
    private static void Add<T>(Plan<T> plan, Matrix directions, double[] products, bool accumulate, CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int n = directions.Columns, capacity = plan.AllParameters.Capacity;
        for (int first = 0; first < directions.Rows; first += capacity)
        {
            cancellation.ThrowIfCancellationRequested();
            int count = Math.Min(capacity, directions.Rows - first);
            plan.WriteDirections(directions.Values.AsMemory(first * n, count * n));
            plan.MultiplyDense(count);
            ReadOnlyMemory<T> part = plan.AllParameters.Result.Slice(0, count * n).Elements();
            Memory<double> sum = products.AsMemory(first * n, count * n);
            if (accumulate)
                Accumulation.Add(plan.Device.Threads, part, sum);
            else
                Accumulation.Set(plan.Device.Threads, part, sum);
        }
    }
}
