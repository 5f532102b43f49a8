using System.Collections.Immutable;
using System.Numerics;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Autodiff.Sweeps;
using BasinVolume.Kernels;

namespace BasinVolume.Autodiff;

/// <summary>
/// How far two weight vectors lie apart in terms of kinks. A network of piecewise linear units is smooth inside a cell, where every relu of every sample stays
/// on its side and every max-pool keeps its winner; the Hessian knows that cell alone.
/// </summary>
/// <param name="Relus">Share of relus (and leaky ones), counted for each sample, that are on the other side; a NaN if the network has none.</param>
/// <param name="MaxPools">Share of max-pool windows, counted for each sample, with another winner; a NaN if the network has none.</param>
public readonly record struct SwitchedUnits(double Relus, double MaxPools)
{
    /// <summary>Whether a network has kinks at all.</summary>
    public static bool CanOccurIn(Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return network.Nodes.Any(node => node.Operator.HasEdges);
    }

    /// <summary>Compares weight vectors with one of them.</summary>
    /// <param name="plan">The network.</param>
    /// <param name="samples">The samples.</param>
    /// <param name="reference">n elements.</param>
    /// <param name="others">The vectors one after the other, n elements each.</param>
    /// <param name="cancellation">Checked before each chunk.</param>
    /// <returns>One answer for each of the others.</returns>
    /// <exception cref="NetworkException">There are no samples, a label is not a class of the network, or the weights are not n for each vector.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    public static ImmutableArray<SwitchedUnits> Between<T>(
        Plan<T> plan, ISamples samples, double[] reference, double[] others, CancellationToken cancellation = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(others);
        int n = plan.Network.ParameterCount;
        if (reference.Length != n || others.Length % n != 0)
            throw new NetworkException(
                $"The network has {n} parameters; vectors of so many elements are expected, {reference.Length} and {others.Length} elements were given.");
        (long Relus, long MaxPools)[] switched = new (long, long)[others.Length / n];
        (long Relus, long MaxPools) all = default;
        for (int node = 0; node < plan.Network.Nodes.Length; node++)
        {
            Operator unit = plan.Network.Nodes[node].Operator;
            if (IsRelu(unit))
            {
                all.Relus += (long)samples.Count * unit.SavedLength;
                Count(
                    plan,
                    samples,
                    reference,
                    others,
                    (int)unit.SavedLength,
                    at => Read(plan.Saved(at)),
                    node,
                    (v, count) => switched[v].Relus += count,
                    cancellation);
            }
            else if (IsMaxPool(unit))
            {
                all.MaxPools += (long)samples.Count * unit.SavedIndices;
                Count(
                    plan,
                    samples,
                    reference,
                    others,
                    (int)unit.SavedIndices,
                    at => Read(plan.SavedIndices(at)),
                    node,
                    (v, count) => switched[v].MaxPools += count,
                    cancellation);
            }
        }

        return [.. switched.Select(counts => new SwitchedUnits(counts.Relus / (double)all.Relus, counts.MaxPools / (double)all.MaxPools))];
    }

    // What a unit saved says in which piece it is.
    private static void Count<T, TPiece>(
        Plan<T> plan,
        ISamples samples,
        double[] reference,
        double[] others,
        int perSample,
        Func<int,
        TPiece[]> read,
        int node,
        Action<int,
        long> add,
        CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TPiece : unmanaged, IEquatable<TPiece>
    {
        long length = (long)samples.Count * perSample;
        if (length > Array.MaxLength)
            throw new NetworkException(
                $"{samples.Count} samples with {perSample} units each are {length} pieces to remember, but one array holds at most {Array.MaxLength}; "
                + $"compare on fewer samples.");
        var pieces = new TPiece[length];
        WeightVectorSweep.Run(plan, samples, reference, (_, _, sample) => read(node).CopyTo(pieces.AsSpan(sample * perSample)), cancellation);
        WeightVectorSweep.Run(plan, samples, others, (first, vectors, sample) =>
        {
            TPiece[] found = read(node);
            int each = found.Length / vectors;
            for (int v = 0; v < vectors; v++)
                add(first + v, Differences<TPiece>(found.AsSpan(v * each, each), pieces.AsSpan(sample * perSample, each)));
        }, cancellation);
    }

    private static long Differences<TPiece>(ReadOnlySpan<TPiece> x, ReadOnlySpan<TPiece> y)
        where TPiece : unmanaged, IEquatable<TPiece>
    {
        long count = 0;
        for (int i = 0; i < x.Length; i++)
        {
            if (!x[i].Equals(y[i]))
                count++;
        }

        return count;
    }

    private static TElement[] Read<TElement>(View<TElement> view)
        where TElement : unmanaged
    {
        var elements = new TElement[view.Length];
        view.Read(elements);
        return elements;
    }

    private static bool IsRelu(Operator unit) => unit.HasEdges && unit.SavedLength > 0;

    private static bool IsMaxPool(Operator unit) => unit.HasEdges && unit.SavedIndices > 0;
}
