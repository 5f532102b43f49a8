using System.Numerics;
using System.Runtime.InteropServices;
using BasinVolume.Kernels;

namespace BasinVolume.Autodiff.Sweeps;

/// <summary>
/// A symmetric matrix of which row i was computed from column <c>firstComputed[i]</c> ≤ i on: all of the upper triangle, and near the diagonal some of the lower one.
/// </summary>
internal static class Triangle
{
    // Two square blocks of doubles, one of each triangle, stay in the first-level cache.
    private const int Block = 32;

    /// <summary>max |M_ij| over what was computed.</summary>
    /// <exception cref="NumericalException">An element is not finite.</exception>
    public static double LargestMagnitude(Matrix matrix, ReadOnlySpan<int> firstComputed)
    {
        double largest = 0;
        for (int i = 0; i < matrix.Rows; i++)
        {
            double ofRow = LargestMagnitude(matrix.Row(i)[firstComputed[i]..]);
            if (!double.IsFinite(ofRow))
                throw NotFinite(matrix, i, firstComputed[i]);
            largest = Math.Max(largest, ofRow);
        }

        return largest;
    }

    /// <summary>Averages what was computed twice and mirrors the rest. Gives max |M_ij − M_ji| over what was computed twice.</summary>
    public static double Symmetrise(Matrix matrix, ReadOnlySpan<int> firstComputed)
    {
        double difference = 0;
        for (int top = 0; top < matrix.Rows; top += Block)
        {
            for (int left = 0; left <= top; left += Block)
            {
                for (int i = top; i < Math.Min(top + Block, matrix.Rows); i++)
                    difference = Math.Max(difference, SymmetriseRow(matrix, i, left, Math.Min(left + Block, i), firstComputed[i]));
            }
        }

        return difference;
    }

    private static double SymmetriseRow(Matrix matrix, int i, int first, int end, int firstComputed)
    {
        int mirrored = Math.Clamp(firstComputed, first, Math.Max(first, end));
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

    // Not finite if an element is not: NaN and infinity travel through the sum of 0 · x.
    private static double LargestMagnitude(ReadOnlySpan<double> values)
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

    private static NumericalException NotFinite(Matrix matrix, int i, int first)
    {
        int j = first;
        while (double.IsFinite(matrix[i, j]))
            j++;
        return new($"Element ({i}, {j}) of the Hessian is {matrix[i, j]}; the weights or the data are too large for this precision, try float64 or smaller weights.");
    }
}
