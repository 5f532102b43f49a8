using BasinVolume.Kernels.Threads;

namespace BasinVolume.Curvature.Dense;

/// <summary>
/// All eigenvalues of a symmetric tridiagonal matrix. It falls apart where an off-diagonal element counts as 0, and each block is searched by itself
/// (<see cref="EigenvalueSearch"/>).
/// </summary>
/// <remarks>
/// An off-diagonal element is taken as 0 when e² ≤ ε²|d d′| (Weyl: no eigenvalue moves by more than ε‖T‖), or when it is below ε²‖T‖, which
/// ends the search for further digits in blocks that are zero but for rounding. No bound is absolute.
/// </remarks>
internal static class TridiagonalEigenvalues
{
    private const double Epsilon = Spectrum.DoubleRoundoff;

    /// <summary>The eigenvalues in ascending order.</summary>
    /// <param name="matrix">Scaled so that squares neither overflow nor matter when they underflow; left as it is.</param>
    /// <param name="threads">The team to compute with; the result does not depend on its size.</param>
    /// <param name="cancellation">Checked before each round of the search.</param>
    public static double[] Compute(TridiagonalMatrix matrix, HostThreads threads, CancellationToken cancellation)
    {
        double[] eigenvalues = [.. matrix.Diagonal];
        double[] squares = Array.ConvertAll(matrix.OffDiagonal, e => e * e);
        double negligible = Epsilon * Epsilon * matrix.Norm;
        for (int start = 0; start < eigenvalues.Length;)
        {
            int end = BlockEnd(matrix.Diagonal, squares, start, negligible * negligible);
            // A block of one row is its eigenvalue.
            if (end - start > 1)
            {
                var search = new EigenvalueSearch(matrix.Diagonal.AsMemory(start..end), squares.AsMemory(start..(end - 1)), threads);
                search.Run(eigenvalues.AsSpan(start..end), cancellation);
            }

            start = end;
        }

        Array.Sort(eigenvalues);
        return eigenvalues;
    }

    /// <summary>One past the last row of the block that begins at <paramref name="start"/>.</summary>
    private static int BlockEnd(double[] diagonal, double[] squares, int start, double floor)
    {
        int last = start;
        while (last < squares.Length && squares[last] > Math.Max(floor, Epsilon * Epsilon * Math.Abs(diagonal[last] * diagonal[last + 1])))
            last++;
        return last + 1;
    }
}
