using BasinVolume.Kernels;
using BasinVolume.Kernels.Host;
using BasinVolume.Kernels.Linear;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Curvature.Dense;

/// <summary>
/// The factorisation A = L Lᵀ of a symmetric positive definite matrix. With U = Lᵀ, row j of the remaining matrix gives
///     u_jj = √a_jj,   u_jc = a_jc / u_jj,   a_ic ← a_ic − u_ji u_jc   (i, c &gt; j).
/// The last step is put off for a panel of rows: inside the panel it is made row by row, on the rest as one product that runs from the cache.
/// </summary>
public static class Cholesky
{
    private const int PanelWidth = 64;

    /// <summary>Factors a matrix. The result has the same bits for any number of threads.</summary>
    /// <param name="matrix">n × n, finite, and symmetric to n·2⁻⁵² of its largest element; left as it is. The upper triangle is used.</param>
    /// <param name="threads">The team to compute with.</param>
    /// <param name="cancellation">Checked before each panel of rows.</param>
    /// <returns>The <see cref="CholeskyFactor"/>, or <see cref="NotPositiveDefinite"/> with the pivot that is not positive.</returns>
    /// <exception cref="MatrixException">The matrix is not square, finite and symmetric.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    public static CholeskyResult Factor(Matrix matrix, HostThreads threads, CancellationToken cancellation = default)
        => FactorShifted(matrix, 0, threads, cancellation);

    /// <summary>Factors A + s I, for which no matrix is made.</summary>
    /// <param name="matrix">A, as <see cref="Factor"/> takes it.</param>
    /// <param name="shift">s, finite, in the units of A.</param>
    /// <param name="threads">The team to compute with.</param>
    /// <param name="cancellation">Checked before each panel of rows.</param>
    /// <returns>What <see cref="Factor"/> gives for A + s I, with the same bits.</returns>
    /// <exception cref="MatrixException">The matrix is not square, finite and symmetric.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    public static CholeskyResult FactorShifted(Matrix matrix, double shift, HostThreads threads, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(threads);
        SymmetryCheck.LargestElement(matrix, threads);
        var triangle = new SymmetricTriangle(matrix, exponent: 0, threads);
        for (int i = 0; i < triangle.Order; i++)
            triangle.Row(i)[i] += shift;
        IKernels<double> kernels = HostKernels.Doubles(threads);
        double[] negated = new double[PanelWidth * triangle.PaddedOrder];
        for (int start = 0; start < triangle.Order; start += PanelWidth)
        {
            cancellation.ThrowIfCancellationRequested();
            int end = Math.Min(start + PanelWidth, triangle.Order);
            if (FactorDiagonalBlock(triangle, start, end) is { } failure)
                return failure;
            if (end < triangle.Order)
                Eliminate(triangle, start, end, negated, threads, kernels);
        }

        return new CholeskyFactor(triangle);
    }

    private static NotPositiveDefinite? FactorDiagonalBlock(SymmetricTriangle triangle, int start, int end)
    {
        for (int j = start; j < end; j++)
        {
            Span<double> row = triangle.Row(j);
            double pivot = row[j];
            // Written so that a NaN counts as not positive: elements of an indefinite matrix can overflow on the way.
            if (!(pivot > 0))
                return new NotPositiveDefinite(j, pivot);
            double root = Math.Sqrt(pivot);
            row[j] = root;
            for (int c = j + 1; c < end; c++)
                row[c] /= root;
            for (int i = j + 1; i < end; i++)
            {
                Span<double> below = triangle.Row(i);
                for (int c = i; c < end; c++)
                    below[c] -= row[i] * row[c];
            }
        }

        return null;
    }

    private static void Eliminate(SymmetricTriangle triangle, int start, int end, double[] negated, HostThreads threads, IKernels<double> kernels)
    {
        int columns = triangle.PaddedOrder - end;
        threads.Run((columns + PanelWidth - 1) / PanelWidth, new FinishPanel(triangle, start, end));
        for (int j = start; j < end; j++)
            Vectors.Negate(negated.AsSpan((j - start) * columns, columns), triangle.Row(j)[end..]);
        MatrixBatch<double> minusPanel = MatrixViews.Of(HostKernels.Over(negated), 0, end - start, columns, columns);
        TriangleUpdate.Apply(kernels, triangle, end, triangle.Block(start, end, end - start, columns), minusPanel);
    }

    /// <summary>The panel's rows to the right of its diagonal block, one band of columns a part.</summary>
    private readonly struct FinishPanel(SymmetricTriangle triangle, int start, int end) : IPartitionedWork
    {
        public void Run(int part)
        {
            int first = end + (part * PanelWidth);
            int width = Math.Min(PanelWidth, triangle.PaddedOrder - first);
            for (int j = start; j < end; j++)
            {
                ReadOnlySpan<double> diagonal = triangle.Row(j);
                Span<double> band = triangle.Row(j).Slice(first, width);
                Vectors.Scale(band, 1 / diagonal[j]);
                for (int i = j + 1; i < end; i++)
                    Vectors.AddScaledFused(triangle.Row(i).Slice(first, width), -diagonal[i], band);
            }
        }
    }
}
