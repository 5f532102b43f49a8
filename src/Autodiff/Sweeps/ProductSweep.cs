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
    /// <param name="plan">The plan.</param>
    /// <param name="samples">What the matrix is a sum over.</param>
    /// <param name="directions">[V, n].</param>
    /// <param name="prepare">What is done with a chunk before directions go through it.</param>
    /// <param name="into">Where the products go, and not where the directions are; a new matrix if there is none.</param>
    /// <param name="cancellation">Stops between two blocks of directions.</param>
    /// <exception cref="NetworkException">
    /// A direction does not have n elements, <paramref name="into"/> is not [V, n], there are no samples, or a label is not a class of the network.
    /// </exception>
    public static Matrix Run<T>(Plan<T> plan, ISamples samples, Matrix directions, Preparation<T> prepare, Matrix? into, CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using Plan<T>.Turn turn = plan.Enter();
        Check(plan.Network.ParameterCount, directions, into);
        // Every element is written.
        Matrix products = into ?? new(directions.Rows, directions.Columns, GC.AllocateUninitializedArray<double>(directions.Values.Length));
        var shards = SampleShards.OfVectors(plan, samples.Count);
        IReadOnlyList<Plan<T>> lanes = shards.LanesOf(plan);
        int most = shards.Count == 1 ? directions.Values.Length : (int)Math.Min(directions.Values.Length, (long)DirectionsAtOnce * directions.Columns);
        for (int first = 0; first < directions.Values.Length; first += most)
        {
            int count = Math.Min(most, directions.Values.Length - first);
            Memory<double> some = directions.Values.AsMemory(first, count);
            SumPlaces places = PlacesOf(plan, products, count);
            double[] sum = SharedSum.Over(
                lanes, shards, places, (lane, shard, sum) => AddUp(lane, samples, shards[shard], some, sum, prepare, cancellation));
            if (sum == products.Values)
                continue;
            sum.CopyTo(products.Values, first);
            places.Return(sum);
        }

        return products;
    }

    private static void Check(int n, Matrix directions, Matrix? into)
    {
        if (directions.Columns != n)
            throw new NetworkException($"A direction of this network has {n} elements; the rows given have {directions.Columns}.");
        if (into is not null && (into.Rows, into.Columns) != (directions.Rows, n))
        {
            throw new NetworkException(
                $"The products of {directions.Rows} directions take a matrix of {directions.Rows} x {n}; "
                + $"the one to compute in has {into.Rows} x {into.Columns}.");
        }
    }

    // The first place is the result's own if all of it is summed at once: nothing is copied.
    private static SumPlaces PlacesOf<T>(Plan<T> plan, Matrix products, int count)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => count == products.Values.Length ? new(products.Values, plan.ProductSums(count)) : plan.ProductSums(count);

    private static void AddUp<T>(
        Plan<T> plan,
        ISamples samples,
        SampleRange shard,
        ReadOnlyMemory<double> directions,
        Memory<double> products,
        Preparation<T> prepare,
        CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int chunk = 0; chunk < Chunks.Count(plan, shard); chunk++)
        {
            prepare(plan, samples, Chunks.Of(plan, shard, chunk));
            Put(plan, directions, products, chunk > 0, cancellation);
        }
    }

    private static void Put<T>(Plan<T> plan, ReadOnlyMemory<double> directions, Memory<double> products, bool accumulate, CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int n = plan.Network.ParameterCount, most = plan.AllParameters.Capacity * n;
        for (int first = 0; first < directions.Length; first += most)
        {
            cancellation.ThrowIfCancellationRequested();
            int count = Math.Min(most, directions.Length - first);
            plan.WriteDirections(directions.Slice(first, count));
            plan.MultiplyDense(count / n);
            Accumulation.Put(plan.Device.Threads, plan.AllParameters.Result.Slice(0, count).Elements(), products.Slice(first, count), accumulate);
        }
    }
}
