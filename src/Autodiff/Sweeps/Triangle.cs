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
    // Two square blocks of doubles, one of each triangle, stay in the first-level cache. A part of the work is a row of blocks.
    private const int Block = 32;

    /// <summary>max |M_ij| over what was computed.</summary>
    /// <exception cref="NumericalException">An element is not finite.</exception>
    public static double LargestMagnitude(Matrix matrix, int[] firstComputed, HostThreads threads)
    {
        var largest = new double[Parts(matrix)];
        threads.Run(largest.Length, new LargestOfRows(matrix, firstComputed, largest));
        int part = Array.FindIndex(largest, value => !double.IsFinite(value));
        return part < 0 ? largest.DefaultIfEmpty(0).Max() : throw NotFinite(matrix, firstComputed, part * Block);
    }

    /// <summary>Averages what was computed twice and mirrors the rest. Gives max |M_ij − M_ji| over what was computed twice.</summary>
    public static double Symmetrise(Matrix matrix, int[] firstComputed, HostThreads threads)
    {
        var differences = new double[Parts(matrix)];
        threads.Run(differences.Length, new SymmetriseRows(matrix, firstComputed, differences));
        return differences.DefaultIfEmpty(0).Max();
    }

    /// <summary>Mirrors a square block that is symmetric in itself: what lies below the block's diagonal becomes what lies above it.</summary>
    public static void MirrorBlock(Matrix matrix, int firstRow, int firstColumn, int size)
    {
        for (int top = 0; top < size; top += Block)
        {
            for (int left = 0; left <= top; left += Block)
            {
                for (int i = top; i < Math.Min(top + Block, size); i++)
                {
                    Span<double> row = matrix.Row(firstRow + i)[firstColumn..];
                    for (int j = left; j < Math.Min(left + Block, i); j++)
                        row[j] = matrix[firstRow + j, firstColumn + i];
                }
            }
        }
    }

    private static int Parts(Matrix matrix) => (matrix.Rows + Block - 1) / Block;

    private static NumericalException NotFinite(Matrix matrix, int[] firstComputed, int i)
    {
        int j = firstComputed[i];
        while (double.IsFinite(matrix[i, j]))
        {
            if (++j == matrix.Columns)
                j = firstComputed[++i];
        }

        return new($"Element ({i}, {j}) of the Hessian is {matrix[i, j]}; the weights or the data are too large for this precision, try float64 or smaller weights.");
    }

    private readonly struct LargestOfRows(Matrix matrix, int[] firstComputed, double[] largest) : IPartitionedWork
    {
        public void Run(int part)
        {
            for (int i = part * Block; i < Math.Min((part + 1) * Block, matrix.Rows); i++)
            {
                // Math.Max keeps NaN.
                largest[part] = Math.Max(largest[part], Magnitude(matrix.Row(i)[firstComputed[i]..]));
            }
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
            foreach (double value in values[(vectors.Length * Vector<double>.Count)..])
                result = Math.Max(result, Math.Abs(value));
            return result;
        }
    }

    // Rows of one row of blocks; each pair (i, j), j < i, belongs to row i alone.
    private readonly struct SymmetriseRows(Matrix matrix, int[] firstComputed, double[] differences) : IPartitionedWork
    {
        public void Run(int part)
        {
            int top = part * Block;
            double difference = 0;
            for (int left = 0; left <= top; left += Block)
            {
                for (int i = top; i < Math.Min(top + Block, matrix.Rows); i++)
                    difference = Math.Max(difference, SymmetriseRow(i, left, Math.Min(left + Block, i)));
            }

            differences[part] = difference;
        }

        private double SymmetriseRow(int i, int first, int end)
        {
            int mirrored = Math.Clamp(firstComputed[i], first, Math.Max(first, end));
            Span<double> row = matrix.Row(i);
            for (int j = first; j < mirrored; j++)
                row[j] = matrix[j, i];
            double difference = 0;
            for (int j = mirrored; j < end; j++)
            {
                difference = Math.Max(difference, Math.Abs(row[j] - matrix[j, i]));
                row[j] = matrix[j, i] = 0.5 * (row[j] + matrix[j, i]);
            }

            return difference;
        }
    }
}
