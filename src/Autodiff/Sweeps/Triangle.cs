using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Linear;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Autodiff.Sweeps;

/// <summary>
/// What of a row of a symmetric matrix is computed: products are added from column <paramref name="Added"/> on;
/// columns before <paramref name="Mirrored"/> follow by symmetry from rows above it.
/// If columns lie between, others compute them: in both triangles of what is to be whole, in the upper one of what is to be packed.
/// </summary>
/// <param name="Mirrored">The end of the columns that are mirrored, at most the row's own.</param>
/// <param name="Added">The first column that is added to, at least <paramref name="Mirrored"/> and at least what it is in the row above.</param>
internal readonly record struct RowExtent(int Mirrored, int Added);

/// <summary>
/// A symmetric matrix of which all of the upper triangle was computed, and near the diagonal some of the lower one. A part of the work is a block of rows.
/// </summary>
internal static class Triangle
{
    // Two square blocks of doubles, one of each triangle, stay in the first-level cache.
    private const int Block = 32;

    /// <summary>Makes a matrix ready to compute in: zeros where rows are added to; elsewhere it may hold anything, as that is overwritten.</summary>
    public static void Clear(Matrix matrix, RowExtent[] rows, HostThreads threads) => threads.Run(Parts(matrix), new ClearRows(matrix, rows));

    /// <summary>
    /// Averages what was computed twice, adds what waits for it, and mirrors what was not computed. Gives max |M_ij − M_ji| over what was computed twice.
    /// </summary>
    public static double Symmetrise(Matrix matrix, RowExtent[] rows, WaitingSums waiting, HostThreads threads)
    {
        var differences = new double[Parts(matrix)];
        threads.Run(differences.Length, new SymmetriseRows(matrix, rows, waiting, differences));
        return differences.Max();
    }

    /// <summary>
    /// Averages what was computed twice and puts the upper triangle into a packed one. Gives max |M_ij − M_ji| over what was computed twice.
    /// </summary>
    /// <param name="matrix">The matrix; what lies left of the diagonal may be anything where it was not computed.</param>
    /// <param name="rows">What of it was computed.</param>
    /// <param name="packed">The packed triangle.</param>
    /// <param name="accumulate">Whether it is added to.</param>
    /// <param name="threads">Who does it.</param>
    public static double Pack(Matrix matrix, RowExtent[] rows, double[] packed, bool accumulate, HostThreads threads)
    {
        var differences = new double[Parts(matrix)];
        threads.Run(differences.Length, new PackRows(matrix, rows, packed, accumulate, differences));
        return differences.Max();
    }

    /// <summary>Makes a packed triangle a whole matrix. Gives its largest magnitude, which is not finite if an element is not.</summary>
    public static double Unpack(double[] packed, Matrix matrix, HostThreads threads)
    {
        var largest = new double[Parts(matrix)];
        threads.Run(largest.Length, new UnpackRows(packed, matrix, largest));
        return largest.Aggregate(0.0, Math.Max);
    }

    /// <summary>max |M_ij| over what products were added to in the upper triangle; not finite if an element is not.</summary>
    public static double Largest(Matrix matrix, RowExtent[] rows, HostThreads threads)
    {
        var largest = new double[Parts(matrix)];
        threads.Run(largest.Length, new LargestOfRows(matrix, rows, largest));
        return largest.Aggregate(0.0, Math.Max);
    }

    /// <summary>Fails if a matrix has an element that is not finite.</summary>
    /// <param name="matrix">The matrix.</param>
    /// <param name="largest">Its largest magnitude, not finite if an element is not.</param>
    /// <exception cref="NumericalException">There is such an element.</exception>
    public static void CheckFinite(Matrix matrix, double largest)
    {
        if (double.IsFinite(largest))
            return;
        (int i, int j) = Math.DivRem(Array.FindIndex(matrix.Values, value => !double.IsFinite(value)), matrix.Columns);
        throw new NumericalException(
            $"Element ({i}, {j}) of the Hessian is {matrix[i, j]}; the weights or the data are too large for this precision, try float64 or smaller weights.");
    }

    private static int Parts(Matrix matrix) => (matrix.Rows + Block - 1) / Block;

    private static (int First, int End) RowsOf(int part, Matrix matrix) => (part * Block, Math.Min((part + 1) * Block, matrix.Rows));

    private readonly struct ClearRows(Matrix matrix, RowExtent[] rows) : IPartitionedWork
    {
        public void Run(int part)
        {
            (int first, int end) = RowsOf(part, matrix);
            for (int i = first; i < end; i++)
                matrix.Row(i)[rows[i].Added..].Clear();
        }
    }

    // Each pair (i, j), j < i, belongs to row i alone.
    private readonly struct SymmetriseRows(Matrix matrix, RowExtent[] rows, WaitingSums waiting, double[] differences) : IPartitionedWork
    {
        public void Run(int part)
        {
            (int first, int end) = RowsOf(part, matrix);
            int common = first;
            for (int i = first; i < end; i++)
                common = Math.Min(common, rows[i].Mirrored);
            int n = matrix.Columns;
            for (int left = 0; left < common; left += Block)
            {
                int count = Math.Min(Block, common - left);
                for (int j = left; j < left + count; j++)
                    waiting.AddTo(j, first, matrix.Row(j)[first..end]);
                Transposition.Copy(matrix.Values.AsSpan((left * n) + first), n, matrix.Values.AsSpan((first * n) + left), n, count, end - first);
            }

            double difference = 0;
            for (int i = first; i < end; i++)
            {
                Mirror(i, common);
                difference = Math.Max(difference, Average(i));
                if (rows[i].Added <= i)
                    waiting.AddTo(i, i, matrix.Row(i).Slice(i, 1));
            }

            differences[part] = difference;
        }

        private void Mirror(int i, int from)
        {
            for (int j = from; j < rows[i].Mirrored; j++)
            {
                waiting.AddTo(j, i, matrix.Row(j).Slice(i, 1));
                matrix[i, j] = matrix[j, i];
            }
        }

        private double Average(int i)
        {
            double difference = 0;
            for (int j = rows[i].Added; j < i; j++)
            {
                double lower = matrix[i, j], upper = matrix[j, i];
                difference = Math.Max(difference, Math.Abs(lower - upper));
                matrix[j, i] = 0.5 * (lower + upper);
                waiting.AddTo(j, i, matrix.Row(j).Slice(i, 1));
                matrix[i, j] = matrix[j, i];
            }

            return difference;
        }
    }

    // Of each pair that was computed twice, row i takes what stands right of the diagonal.
    private readonly struct PackRows(Matrix matrix, RowExtent[] rows, double[] packed, bool accumulate, double[] differences) : IPartitionedWork
    {
        public void Run(int part)
        {
            (int first, int end) = RowsOf(part, matrix);
            double difference = 0;
            for (int i = first; i < end; i++)
            {
                difference = Math.Max(difference, Average(i));
                Span<double> row = matrix.Row(i)[i..], place = PackedTriangle.Row(packed, matrix.Rows, i);
                if (accumulate)
                    Accumulation.Add<double>(row, place);
                else
                    row.CopyTo(place);
            }

            differences[part] = difference;
        }

        private double Average(int i)
        {
            double difference = 0;
            for (int j = i + 1; j < matrix.Rows && rows[j].Added <= i; j++)
            {
                double lower = matrix[j, i], upper = matrix[i, j];
                difference = Math.Max(difference, Math.Abs(lower - upper));
                matrix[i, j] = 0.5 * (lower + upper);
            }

            return difference;
        }
    }

    private readonly struct UnpackRows(double[] packed, Matrix matrix, double[] largest) : IPartitionedWork
    {
        public void Run(int part)
        {
            (int first, int end) = RowsOf(part, matrix);
            int n = matrix.Rows;
            double most = 0;
            for (int i = first; i < end; i++)
            {
                Span<double> row = PackedTriangle.Row(packed, n, i);
                most = Math.Max(most, Magnitude.Largest(row));
                row.CopyTo(matrix.Row(i)[i..]);
                for (int j = i + 1; j < end; j++)
                    matrix[j, i] = matrix[i, j];
            }

            for (int right = end; right < n; right += Block)
                Transposition.Copy(
                    matrix.Values.AsSpan((first * n) + right), n, matrix.Values.AsSpan((right * n) + first), n, end - first, Math.Min(Block, n - right));
            largest[part] = most;
        }
    }

    private readonly struct LargestOfRows(Matrix matrix, RowExtent[] rows, double[] largest) : IPartitionedWork
    {
        public void Run(int part)
        {
            (int first, int end) = RowsOf(part, matrix);
            double most = 0;
            for (int i = first; i < end; i++)
                most = Math.Max(most, Magnitude.Largest(matrix.Row(i)[Math.Max(i, rows[i].Added)..]));
            largest[part] = most;
        }
    }
}
