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
        var products = new Matrix(directions.Rows, n);
        int capacity = plan.AllParameters.Capacity;
        var stage = new T[Math.Min(capacity, directions.Rows) * n];
        int chunks = Chunks.Count(plan, samples);
        for (int chunk = 0; chunk < chunks; chunk++)
        {
            prepare(plan, samples, chunk);
            for (int first = 0; first < directions.Rows; first += capacity)
            {
                cancellation.ThrowIfCancellationRequested();
                int count = Math.Min(capacity, directions.Rows - first);
                Multiply(plan, directions.Values.AsSpan(first * n, count * n), stage.AsSpan(0, count * n), products.Values.AsSpan(first * n, count * n), count);
            }
        }

        return products;
    }

    private static void Multiply<T>(Plan<T> plan, ReadOnlySpan<double> directions, Span<T> stage, Span<double> products, int count)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < directions.Length; i++)
            stage[i] = T.CreateTruncating(directions[i]);
        plan.AllParameters.Directions.Write(stage);
        plan.MultiplyDense(count);
        plan.AllParameters.Result.Read(stage);
        Accumulation.Add<T>(stage, products);
    }
}
