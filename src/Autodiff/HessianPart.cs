using System.Numerics;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Autodiff.Sweeps;

namespace BasinVolume.Autodiff;

/// <summary>
/// A share of a Hessian: its samples are cut into shards, whose number follows from the number of samples and the plan alone, and a part has contiguous ones of
/// them. What the tree of shards adds up to inside the part is kept; <see cref="Hessian.OfParts"/> adds the rest, in any order of parts and with the bits of
/// <see cref="Hessian.Compute"/>.
/// </summary>
/// <param name="Part">Which part, 1 … <paramref name="Parts"/>.</param>
/// <param name="Parts">How many parts there are.</param>
/// <param name="Samples">Number of samples of all parts together.</param>
/// <param name="Shards">Number of shards of all parts together, a power of two. Where there are more parts than shards, some are empty.</param>
/// <param name="Roots">
/// The roots of the part's whole subtrees, in ascending order. They are gone through once, so that a list may read each when it is asked for.
/// </param>
/// <param name="Difference">The largest max |H − Hᵀ| of a shard's raw computation; 0 where there is none.</param>
public sealed record HessianPart(int Part, int Parts, int Samples, int Shards, IReadOnlyList<HessianRoot> Roots, double Difference)
{
    /// <summary>
    /// Computes a part; whoever computes others needs nothing of it. Processes of the plan's device do not share it: each computes the whole part.
    /// </summary>
    /// <typeparam name="T">float or double: the precision of the passes, as in <see cref="Hessian.Compute"/>.</typeparam>
    /// <param name="plan">
    /// The network with its parameters set. The plans of all parts have the same parameters, precision, kind of device and samples of a chunk.
    /// </param>
    /// <param name="samples">The samples of all parts; those of other parts are not read.</param>
    /// <param name="part">Which part, 1 … <paramref name="parts"/>.</param>
    /// <param name="parts">How many parts there are.</param>
    /// <param name="progress">Told the share that is done, 0 to 1.</param>
    /// <param name="cancellation">Stops between two blocks of directions.</param>
    /// <exception cref="NetworkException">
    /// There is no such part, there are no samples, or a label is not a class of the network, or n × n elements cannot be held.
    /// </exception>
    public static HessianPart Compute<T>(
        Plan<T> plan, ISamples samples, int part, int parts, IProgress<double>? progress = null, CancellationToken cancellation = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(samples);
        if (part < 1 || part > parts)
            throw new NetworkException($"There is no part {part} of {parts} parts; give a part from 1 to their number.");
        using Plan<T>.Turn turn = plan.Enter();
        int n = plan.Network.ParameterCount;
        var shards = SampleShards.OfMatrices(plan, samples.Count);
        ShardRange own = shards.OfPart(part - 1, parts);
        if (own.Count == 0)
            return new(part, parts, shards.Samples, shards.Count, [], 0);
        var gradient = new double[n];
        var sweep = new ShardSweep<T>(
            plan, samples, (_, _, chunk) => Chunks.ForwardAndAdjoint(plan, samples, chunk, gradient, accumulate: true), MatrixSweep.New(n));
        var sums = new MatrixRoots<T>(plan, sweep, gradient, shards, own, progress, keeper: null, cancellation);
        sums.Add();
        return new(part, parts, shards.Samples, shards.Count, [.. sums.Matrices.Roots.Zip(sums.Vectors.Roots, Root)], sums.Difference);
    }

    private static HessianRoot Root((TreeNode Node, double[] Sum) matrix, (TreeNode Node, double[] Sum) vector)
        => new(matrix.Node.Level, matrix.Node.Index, matrix.Sum, vector.Sum[..^1], vector.Sum[^1]);
}
