using System.Numerics;
using System.Runtime.InteropServices;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Curvature.Dense;

/// <summary>The eigenvectors of a <see cref="SecularSystem"/>, u_i = ŷ_i/(d_i − λ_j) over their length, which are made when they are wanted.</summary>
/// <param name="poles">d_i in the order of the vectors' elements, and infinity up to a whole number of vectors.</param>
/// <param name="components">ŷ_i in the same order, and 0.</param>
/// <param name="origins">The poles that roots are measured from.</param>
/// <param name="roots">λ.</param>
/// <param name="inverseNorms">By root, what makes its vector's length 1.</param>
internal sealed class SecularVectors(double[] poles, double[] components, double[] origins, SecularRoot[] roots, double[] inverseNorms)
{
    private const int RowsPerPart = 32;

    /// <summary>Elements <paramref name="first"/> … + <paramref name="count"/> − 1 of some eigenvectors of length 1, a vector a row.</summary>
    /// <param name="rows">
    /// [roots, <see cref="SecularSystem.RoundUp"/> of count]; what stands behind <paramref name="count"/> elements of a row means nothing.
    /// </param>
    /// <param name="wanted">Whose eigenvectors: numbers of roots.</param>
    /// <param name="first">The first element.</param>
    /// <param name="count">How many elements.</param>
    /// <param name="threads">The team to compute with.</param>
    public void Write(double[] rows, ReadOnlyMemory<int> wanted, int first, int count, HostThreads threads)
        => threads.Run((wanted.Length + RowsPerPart - 1) / RowsPerPart, new WriteRows(this, rows, wanted, first, SecularSystem.RoundUp(count)));

    // Behind the last element is room for a whole vector from any element on.
    private void WriteRow(int root, int first, Span<double> row)
    {
        ref double firstPole = ref MemoryMarshal.GetArrayDataReference(poles);
        Vector<double> scale = new(inverseNorms[root]);
        for (int p = 0; p < row.Length; p += Vector<double>.Count)
            (scale * (new Vector<double>(components, first + p) / roots[root].DistanceTo(ref firstPole, first + p, origins))).CopyTo(row[p..]);
    }

    private readonly struct WriteRows(SecularVectors vectors, double[] rows, ReadOnlyMemory<int> wanted, int first, int stride) : IPartitionedWork
    {
        public void Run(int part)
        {
            ReadOnlySpan<int> numbers = wanted.Span;
            for (int row = part * RowsPerPart; row < Math.Min(numbers.Length, (part + 1) * RowsPerPart); row++)
                vectors.WriteRow(numbers[row], first, rows.AsSpan(row * stride, stride));
        }
    }
}
