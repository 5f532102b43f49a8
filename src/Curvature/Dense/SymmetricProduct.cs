using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BasinVolume.Kernels.Host;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Curvature.Dense;

/// <summary>
/// y = A v for the trailing rows of a symmetric matrix, reading each element of the upper triangle once: a_ij (i &lt; j) adds a_ij v_j to y_i and
/// a_ij v_i to y_j. Half the memory traffic of a full product, and traffic is what this product costs.
/// Each part of the rows sums into its own vector; the vectors are then added in the order of the parts.
/// Four rows at a time share one load and one store of y and one load of v.
/// </summary>
/// <param name="matrix">A; its rows before the trailing ones may hold any finite numbers.</param>
/// <param name="vector">v, padded, 0 in all places before the trailing rows.</param>
/// <param name="partials">One padded vector for each part.</param>
/// <param name="parts">The trailing rows.</param>
internal readonly struct SymmetricProduct(SymmetricTriangle matrix, Memory<double> vector, double[] partials, TriangleParts parts) : IPartitionedWork
{
    /// <summary>A megabyte: smaller parts would cost more in moving their sums between cores than they gain.</summary>
    private const int ElementsPerPart = 131072;

    /// <summary>How many doubles <see cref="Apply"/> needs in its scratch space.</summary>
    public static int ScratchLength(SymmetricTriangle matrix) => TriangleParts.MaximumCount * matrix.PaddedOrder;

    /// <summary>result ← A v over the rows from <paramref name="first"/> on; zero before them.</summary>
    public static void Apply(SymmetricTriangle matrix, int first, Memory<double> vector, Span<double> result, double[] scratch, HostThreads threads)
    {
        var parts = new TriangleParts(first, matrix.PaddedOrder, ElementsPerPart);
        threads.Run(parts.Count, new SymmetricProduct(matrix, vector, scratch, parts));

        result.Clear();
        for (int part = 0; part < parts.Count; part++)
        {
            int from = SymmetricTriangle.RoundDown(parts.Start(part));
            VectorOperations.Add(result[from..], scratch.AsSpan(part * matrix.PaddedOrder, matrix.PaddedOrder)[from..]);
        }

        result[..first].Clear();
    }

    /// <inheritdoc/>
    public void Run(int part)
    {
        int start = parts.Start(part);
        int end = parts.Start(part + 1);
        Span<double> sum = partials.AsSpan(part * matrix.PaddedOrder, matrix.PaddedOrder);
        sum[SymmetricTriangle.RoundDown(start)..].Clear();
        for (int row = start; row < end; row += TriangleParts.RowBlock)
        {
            AddDiagonalBlock(row, sum);
            AddFourRows(row, row + TriangleParts.RowBlock, sum);
            AddFourRows(row + 4, row + TriangleParts.RowBlock, sum);
        }
    }

    private void AddDiagonalBlock(int block, Span<double> sum)
    {
        ReadOnlySpan<double> v = vector.Span;
        int end = block + TriangleParts.RowBlock;
        for (int i = block; i < end; i++)
        {
            ReadOnlySpan<double> a = matrix.Row(i);
            double rowSum = a[i] * v[i];
            for (int j = i + 1; j < end; j++)
            {
                rowSum += a[j] * v[j];
                sum[j] += a[j] * v[i];
            }

            sum[i] += rowSum;
        }
    }

    // Not inlined: within a larger method the compiler's budget for inlining would run out among the multiply-adds, which would become calls.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AddFourRows(int row, int firstColumn, Span<double> sum)
    {
        ref double a0 = ref matrix.Values[row * matrix.Stride];
        ref double a1 = ref Unsafe.Add(ref a0, matrix.Stride);
        ref double a2 = ref Unsafe.Add(ref a1, matrix.Stride);
        ref double a3 = ref Unsafe.Add(ref a2, matrix.Stride);
        ref double v = ref MemoryMarshal.GetReference(vector.Span);
        ref double y = ref MemoryMarshal.GetReference(sum);
        Vector<double> v0 = new(Unsafe.Add(ref v, row)), v1 = new(Unsafe.Add(ref v, row + 1));
        Vector<double> v2 = new(Unsafe.Add(ref v, row + 2)), v3 = new(Unsafe.Add(ref v, row + 3));
        Vector<double> dot0 = Vector<double>.Zero, dot1 = dot0, dot2 = dot0, dot3 = dot0;

        var end = (nuint)matrix.PaddedOrder;
        for (var j = (nuint)firstColumn; j < end; j += (nuint)Vector<double>.Count)
        {
            var vj = Vector.LoadUnsafe(ref v, j);
            var yj = Vector.LoadUnsafe(ref y, j);
            var a = Vector.LoadUnsafe(ref a0, j);
            dot0 = Simd.MultiplyAdd(a, vj, dot0);
            yj = Simd.MultiplyAdd(a, v0, yj);
            a = Vector.LoadUnsafe(ref a1, j);
            dot1 = Simd.MultiplyAdd(a, vj, dot1);
            yj = Simd.MultiplyAdd(a, v1, yj);
            a = Vector.LoadUnsafe(ref a2, j);
            dot2 = Simd.MultiplyAdd(a, vj, dot2);
            yj = Simd.MultiplyAdd(a, v2, yj);
            a = Vector.LoadUnsafe(ref a3, j);
            dot3 = Simd.MultiplyAdd(a, vj, dot3);
            yj = Simd.MultiplyAdd(a, v3, yj);
            yj.StoreUnsafe(ref y, j);
        }

        sum[row] += Vector.Sum(dot0);
        sum[row + 1] += Vector.Sum(dot1);
        sum[row + 2] += Vector.Sum(dot2);
        sum[row + 3] += Vector.Sum(dot3);
    }
}
