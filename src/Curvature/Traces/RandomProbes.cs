using BasinVolume.Curvature.Sampling;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Linear;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Curvature.Traces;

/// <summary>
/// The random directions of traces and diagonals, of <see cref="NormalVectors"/>. Their indices begin far behind those of other users of the same seed,
/// and each kind has a range of its own.
/// </summary>
internal static class RandomProbes
{
    private const ulong SphereRange = VectorRanges.TraceProbes;
    private const ulong SpanRange = VectorRanges.TraceSpans;
    private const ulong SignRange = VectorRanges.Signs;

    /// <summary>[count, n]: uniform on the sphere of radius √m in a complement of dimension m.</summary>
    public static Matrix OnSphere(Complement complement, int order, ulong seed, int first, int count, HostThreads threads)
    {
        Matrix probes = Normal(order, seed, SphereRange + (ulong)first, count, threads);
        // Twice, as what the first leaves of a small complement is small itself.
        complement.Project(probes);
        complement.Project(probes);
        threads.Run(count, new ScaleRows(probes, Math.Sqrt(complement.Dimension)));
        return probes;
    }

    /// <summary>[count, n]: independent signs.</summary>
    public static Matrix Signs(int order, ulong seed, int first, int count, HostThreads threads)
    {
        Matrix probes = Normal(order, seed, SignRange + (ulong)first, count, threads);
        foreach (ref double element in probes.Values.AsSpan())
            element = element < 0 ? -1 : 1;
        return probes;
    }

    /// <summary>[count, n]: normal vectors that span whatever is left of a space.</summary>
    public static Matrix Spanning(int order, ulong seed, int first, int count, HostThreads threads)
        => Normal(order, seed, SpanRange + (ulong)first, count, threads);

    private static Matrix Normal(int order, ulong seed, ulong first, int count, HostThreads threads)
    {
        var vectors = new Matrix(count, order);
        threads.Run(count, new FillRows(vectors, seed, first));
        return vectors;
    }

    private readonly struct FillRows(Matrix vectors, ulong seed, ulong first) : IPartitionedWork
    {
        public void Run(int part) => NormalVectors.Fill(seed, first + (ulong)part, vectors.Row(part));
    }

    private readonly struct ScaleRows(Matrix vectors, double length) : IPartitionedWork
    {
        public void Run(int part) => Vectors.Scale(vectors.Row(part), length / EuclideanNorm.Of(vectors.Row(part)));
    }
}
