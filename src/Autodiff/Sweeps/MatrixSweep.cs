using System.Numerics;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Ranks;

namespace BasinVolume.Autodiff.Sweeps;

/// <summary>A whole second-derivative matrix: the sum of those of all shards, in the tree's shape.</summary>
/// <param name="Matrix">n × n, symmetric to the last bit: what was computed twice (near the diagonal) is averaged, the rest is mirrored.</param>
/// <param name="Loss">L.</param>
/// <param name="Asymmetry">
/// max |M − Mᵀ| / max |M|, where both triangles were computed: the largest difference in the raw matrix of a shard beside the largest element of the whole.
/// </param>
internal sealed record MatrixSweep(Matrix Matrix, double Loss, double Asymmetry)
{
    /// <param name="plan">The network with its parameters set.</param>
    /// <param name="samples">The samples.</param>
    /// <param name="prepare">What is computed of a chunk before directions run through it.</param>
    /// <param name="gradient">What that adds the gradient to, and where the gradient is at the end, [n]; empty where none is wanted.</param>
    /// <param name="progress">Told the share that is done.</param>
    /// <param name="into">The matrix to compute in; a new one if there is none.</param>
    /// <param name="keeper">Who keeps it while it is not complete, where one process computes it; null for nobody.</param>
    /// <param name="cancellation">Stops between two blocks of directions.</param>
    /// <exception cref="NetworkException">
    /// There are no samples, or a label is not a class of the network, or the matrix is too large to be held or not n × n.
    /// </exception>
    /// <exception cref="NumericalException">The loss or an element is not finite.</exception>
    public static MatrixSweep Run<T>(
        Plan<T> plan,
        ISamples samples,
        Preparation<T> prepare,
        double[] gradient,
        IProgress<double>? progress,
        Matrix? into,
        IHessianKeeper? keeper,
        CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using Plan<T>.Turn turn = plan.Enter();
        int n = plan.Network.ParameterCount;
        Matrix matrix = into ?? New(n);
        CheckSize(matrix, n);
        IRanks ranks = plan.Device.Ranks;
        var shards = SampleShards.OfMatrices(plan, samples.Count);
        var sweep = new ShardSweep<T>(plan, samples, prepare, matrix);
        var roots = new MatrixRoots<T>(
            plan, sweep, gradient, shards, shards.OfRank(ranks), progress, ranks.Count == 1 ? keeper : null, cancellation);
        double largest = ranks.Count == 1 ? roots.Complete() : Share(roots, matrix, shards, plan.Device);
        double[] vector = SharedSum.Total(roots.Vectors, shards, ranks);
        vector.AsSpan(0, gradient.Length).CopyTo(gradient);
        return Checked(matrix, vector[^1], SharedSum.Largest(roots.Difference, ranks), largest);
    }

    /// <summary>A matrix of n × n whose elements are anything.</summary>
    /// <exception cref="NetworkException">It is too large to be held.</exception>
    public static Matrix New(int n)
    {
        if ((long)n * n > Array.MaxLength)
            throw new NetworkException(
                $"The matrix of {n} parameters has {(long)n * n} elements, {ByteSize.Of(8.0 * n * n)} in double precision; "
                + $"at most {Array.MaxLength} elements can be held. Use products with directions or single blocks instead.");
        return new(n, n, GC.AllocateUninitializedArray<double>(n * n));
    }

    /// <summary>A matrix with what was measured of it, if it is one of numbers.</summary>
    /// <param name="matrix">The whole.</param>
    /// <param name="loss">L.</param>
    /// <param name="difference">The largest difference in the raw matrix of a shard.</param>
    /// <param name="largest">The largest magnitude in the whole, not finite if an element is not.</param>
    /// <exception cref="NumericalException">The loss or an element is not finite.</exception>
    public static MatrixSweep Checked(Matrix matrix, double loss, double difference, double largest)
    {
        if (!double.IsFinite(loss))
            throw new NumericalException(
                $"The loss is {loss}, so it has no second derivative; the weights or the data hold values that are too large or not numbers.");
        Triangle.CheckFinite(matrix, largest);
        return new(matrix, loss, largest > 0 ? difference / largest : 0);
    }

    // Each process computes its shards; all have the whole at the end. Gives the largest magnitude in it.
    private static double Share<T>(MatrixRoots<T> roots, Matrix matrix, SampleShards shards, Device device)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        roots.Add();
        return Triangle.Unpack(SharedSum.Total(roots.Matrices, shards, device.Ranks), matrix, device.Threads);
    }

    private static void CheckSize(Matrix matrix, int n)
    {
        if ((matrix.Rows, matrix.Columns) != (n, n))
            throw new NetworkException(
                $"The matrix to compute in is {matrix.Rows} x {matrix.Columns}; this network has {n} parameters, so give one of {n} x {n}, or none.");
    }
}
