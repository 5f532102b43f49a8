using System.Numerics;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Kernels;

namespace BasinVolume.Autodiff;

/// <summary>The Hessian as a linear operator: V ↦ H V for a batch of directions, by forward-over-reverse passes, exact up to rounding.</summary>
public static class HessianProduct
{
    /// <summary>Multiplies the Hessian of the loss at the plan's parameters with directions.</summary>
    /// <param name="plan">The network with its parameters set.</param>
    /// <param name="samples">The samples that the loss is a sum over.</param>
    /// <param name="directions">[V, n]: one direction a row.</param>
    /// <param name="cancellation">Stops between two blocks.</param>
    /// <returns>[V, n]: H times each direction.</returns>
    /// <exception cref="NetworkException">A direction has not n elements, there are no samples, or a label is not a class of the network.</exception>
    public static Matrix Compute<T>(Plan<T> plan, ISamples samples, Matrix directions, CancellationToken cancellation = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(directions);
        int n = plan.Network.ParameterCount;
        if (directions.Columns != n)
            throw new NetworkException($"A direction of this network has {n} elements; the rows given have {directions.Columns}.");
        var products = new Matrix(directions.Rows, n);
        var stage = new T[Math.Min(plan.AllParameters.Capacity, directions.Rows) * n];
        var gradient = new double[n];
        int chunks = Chunks.Count(plan, samples);
        for (int chunk = 0; chunk < chunks; chunk++)
        {
            Chunks.ForwardAndAdjoint(plan, samples, chunk, gradient);
            for (int first = 0; first < directions.Rows; first += plan.AllParameters.Capacity)
            {
                cancellation.ThrowIfCancellationRequested();
                int count = Math.Min(plan.AllParameters.Capacity, directions.Rows - first);
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
        Chunks.Add<T>(stage, products);
    }
}
