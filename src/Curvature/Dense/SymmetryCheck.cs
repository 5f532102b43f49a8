using System.Globalization;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Curvature.Dense;

/// <summary>
/// What a matrix must be before anything is computed from one of its triangles: square, finite, symmetric.
/// Elements (i, j) and (j, i) may differ by n·2⁻⁵² of the largest element, the level of the solvers' own rounding; no bound is absolute.
/// </summary>
internal static class SymmetryCheck
{
    /// <summary>Checks a matrix and gives the largest absolute value of its elements (0 for an empty matrix).</summary>
    /// <exception cref="MatrixException">The matrix is not square, not finite or not symmetric.</exception>
    public static double LargestElement(Matrix matrix, HostThreads threads)
    {
        var asymmetry = Asymmetry.Of(matrix, threads);
        double allowed = matrix.Rows * Spectrum.DoubleRoundoff;
        return asymmetry.Relative <= allowed ? asymmetry.LargestElement : throw new MatrixException(Asymmetric(asymmetry, allowed));
    }

    private static string Asymmetric(Asymmetry asymmetry, double allowed) => string.Create(
        CultureInfo.InvariantCulture,
        $"The matrix is not symmetric: {asymmetry.WorstPair} where at most {allowed:g3} is allowed: "
        + $"symmetrise it as (A + Aᵀ)/2 if the difference is rounding, else check how it was made.");
}
