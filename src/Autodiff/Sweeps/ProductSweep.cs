using System.Numerics;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Kernels;

namespace BasinVolume.Autodiff.Sweeps;

/// <summary>Products of a second-derivative matrix with a batch of directions of any kind.</summary>
internal static class ProductSweep
{
    /// <summary>[V, n]: the matrix times each row of <paramref name="directions"/>.</summary>
    /// <exception cref="NetworkException">A direction does not have n elements, there are no samples, or a label is not a class of the network.</exception>
    public static Matrix Run<T>(Plan<T> plan, ISamples samples, Matrix directions, Preparation<T> prepare, CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using Plan<T>.Turn turn = plan.Enter();
        int n = plan.Network.ParameterCount;
        if (directions.Columns != n)
            throw new NetworkException($"A direction of this network has {n} elements; the rows given have {directions.Columns}.");
        // The first chunk writes every element.
        var products = new Matrix(directions.Rows, n, GC.AllocateUninitializedArray<double>(directions.Values.Length));
        int capacity = plan.AllParameters.Capacity;
        int chunks = Chunks.Count(plan, samples);
        for (int chunk = 0; chunk < chunks; chunk++)
        {
            prepare(plan, samples, chunk);
            for (int first = 0; first < directions.Rows; first += capacity)
            {
                cancellation.ThrowIfCancellationRequested();
                int count = Math.Min(capacity, directions.Rows - first);
                plan.WriteDirections(directions.Values.AsMemory(first * n, count * n));
                plan.MultiplyDense(count);
                ReadOnlyMemory<T> part = plan.AllParameters.Result.Slice(0, count * n).Elements();
                Memory<double> sum = products.Values.AsMemory(first * n, count * n);
                if (chunk == 0)
                    Accumulation.Set(plan.Device.Threads, part, sum);
                else
                    Accumulation.Add(plan.Device.Threads, part, sum);
            }
        }

        return products;
    }
}
