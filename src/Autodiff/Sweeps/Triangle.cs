using System.Numerics;
using System.Runtime.InteropServices;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Host;

namespace BasinVolume.Autodiff.Sweeps;

/// <summary>
/// A symmetric matrix of which row i was computed from column <c>firstComputed[i]</c> ≤ i on: all of the upper triangle, and near the diagonal some of the lower one.
/// </summary>
internal static class Triangle
{
    // Two square blocks of doubles, one of each triangle, stay in the first-level cache. A part of the work is a row of blocks with the column of blocks that mirrors it.
    private const int Block = 32;

    /// <summary>A matrix to compute in: zeros where rows are computed, anything elsewhere, as mirroring overwrites it.</summary>
    public static Matrix Zeros(int[] firstComputed, HostThreads threads)
    {
        int n = firstComputed.Length;
        var matrix = new Matrix(n, n, GC.AllocateUninitializedArray<double>(checked(n * n)));
        threads.Run(Parts(matrix), new ClearRows(matrix, firstComputed));
        return matrix;
    }

    /// <summary>Averages what was computed twice and mirrors the rest. Gives max |M_ij| over what was computed, not finite if an element is not, and max |M_ij − M_ji| over what was computed twice.</summary>
    public static (double Largest, double Difference) Symmetrise(Matrix matrix, int[] firstComputed, HostThreads threads)
    {
        var parts = new (double Largest, double Difference)[Parts(matrix)];
        threads.Run(parts.Length, new SymmetriseBlocks(matrix, firstComputed, parts));
        return parts.Aggregate((Largest: 0.0, Difference: 0.0), (most, part) => (Math.Max(most.Largest, part.Largest), Math.Max(most.Difference, part.Difference)));
    }

    /// <summary>The same where an element that is not finite is a failure.</summary>
    /// <exception cref="NumericalException">An element is not finite.</exception>
    public static (double Largest, double Difference) SymmetriseFinite(Matrix matrix, int[] firstComputed, HostThreads threads)
    {
        (double Largest, double Difference) most = Symmetrise(matrix, firstComputed, threads);
        return double.IsFinite(most.Largest) ? most : throw NotFinite(matrix);
    }

    private static int Parts(Matrix matrix) => (matrix.Rows + Block - 1) / Block;

    private static NumericalException NotFinite(Matrix matrix)
    {
        (int i, int j) = Math.DivRem(Array.FindIndex(matrix.Values, value => !double.IsFinite(value)), matrix.Columns);
        return new($"Element ({i}, {j}) of the Hessian is {matrix[i, j]}; the weights or the data are too large for this precision, try float64 or smaller weights.");
    }

    private readonly struct ClearRows(Matrix matrix, int[] firstComputed) : IPartitionedWork
    {
        public void Run(int part)
        {
            for (int i = part * Block; i < Math.Min((part + 1) * Block, matrix.Rows); i++)
                matrix.Row(i)[firstComputed[i]..].Clear();
        }
    }

    // Each pair (i, j), j < i, belongs to row i alone.
    private readonly struct SymmetriseBlocks(Matrix matrix, int[] firstComputed, (double Largest, double Difference)[] parts) : IPartitionedWork
    {
        public void Run(int part)
        {
            int top = part * Block, end = Math.Min(top + Block, matrix.Rows);
            (double Largest, double Difference) most = default;
            int mirrored = int.MaxValue;
            for (int i = top; i < end; i++)
                mirrored = Math.Min(mirrored, firstComputed[i]);
            for (int left = 0; left <= top; left += Block)
            {
                if (left + Block <= Math.Min(top, mirrored))
                    most.Largest = Math.Max(most.Largest, MirrorBlock(top, end, left));
                else
                    Symmetrise(top, end, left, ref most);
            }

            parts[part] = most;
        }

        // A block off the diagonal, wholly mirrored. Gives its largest magnitude.
        private double MirrorBlock(int top, int end, int left)
        {
            Transposition.Copy(matrix, left, top, top, left, Block, end - top);
            double largest = 0;
            for (int j = left; j < left + Block; j++)
                largest = Math.Max(largest, Magnitude(matrix.Row(j)[top..end]));
            return largest;
        }

        private void Symmetrise(int top, int end, int left, ref (double Largest, double Difference) most)
        {
            for (int i = top; i < end; i++)
            {
                for (int j = left; j < Math.Min(left + Block, i); j++)
                    SymmetrisePair(i, j, ref most);
                if (left == top)
                    most.Largest = Math.Max(most.Largest, Math.Abs(matrix[i, i]));
            }
        }

        private void SymmetrisePair(int i, int j, ref (double Largest, double Difference) most)
        {
            ref double lower = ref matrix.Values[(i * matrix.Columns) + j];
            ref double upper = ref matrix.Values[(j * matrix.Columns) + i];
            most.Largest = Math.Max(most.Largest, Math.Abs(upper));
            if (j < firstComputed[i])
            {
                lower = upper;
                return;
            }

            most.Largest = Math.Max(most.Largest, Math.Abs(lower));
            most.Difference = Math.Max(most.Difference, Math.Abs(lower - upper));
            lower = upper = 0.5 * (lower + upper);
        }

        // Not finite if an element is not: NaN and infinity travel through the sum of 0 · x.
        private static double Magnitude(ReadOnlySpan<double> values)
        {
            ReadOnlySpan<Vector<double>> vectors = MemoryMarshal.Cast<double, Vector<double>>(values);
            Vector<double> largest = Vector<double>.Zero;
            Vector<double> zero = Vector<double>.Zero;
            foreach (Vector<double> vector in vectors)
            {
                largest = Vector.Max(largest, Vector.Abs(vector));
                zero += vector * Vector<double>.Zero;
            }

            double result = Vector.Sum(zero);
            for (int lane = 0; lane < Vector<double>.Count; lane++)
                result = Math.Max(result, largest[lane]);
            // Math.Max keeps NaN.
            foreach (double value in values[(vectors.Length * Vector<double>.Count)..])
                result = Math.Max(result, Math.Abs(value));
            return result;
        }
    }
}
