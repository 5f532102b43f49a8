using System.Globalization;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Curvature.Dense;

/// <summary>What eigenvalues and eigenvectors begin with: the matrix checked, scaled to a largest element near 1 and reduced to tridiagonal form.</summary>
/// <param name="Reflectors">The working storage after <see cref="Tridiagonalisation"/>: row j holds the reflector of step j.</param>
/// <param name="Tridiagonal">The tridiagonal form of 2^(−<paramref name="Exponent"/>) A.</param>
/// <param name="Exponent">The power of two: scaling is exact, and squares of the scaled elements neither overflow nor underflow where it matters.</param>
internal sealed record ScaledReduction(SymmetricTriangle Reflectors, TridiagonalMatrix Tridiagonal, int Exponent)
{
    /// <summary>Checks, scales and reduces a matrix, which is left as it is.</summary>
    /// <exception cref="MatrixException">The matrix is not square, finite and symmetric.</exception>
    public static ScaledReduction Of(Matrix matrix, HostThreads threads, IKernels<double> kernels, IProgress<double>? progress, CancellationToken cancellation)
    {
        double largest = SymmetryCheck.LargestElement(matrix, threads);
        int exponent = largest > 0 ? Math.ILogB(largest) + 1 : 0;
        var triangle = new SymmetricTriangle(matrix, exponent, threads);
        return new ScaledReduction(triangle, Tridiagonalisation.Reduce(triangle, threads, kernels, progress, cancellation), exponent);
    }

    /// <summary>Turns eigenvalues of the scaled matrix into those of the matrix itself, in place.</summary>
    /// <exception cref="MatrixException">An eigenvalue exceeds the range of a double.</exception>
    public void ScaleBack(Span<double> eigenvalues)
    {
        for (int i = 0; i < eigenvalues.Length; i++)
        {
            double scaled = Math.ScaleB(eigenvalues[i], Exponent);
            if (double.IsInfinity(scaled))
                throw new MatrixException(OutOfRange(i, eigenvalues[i], Exponent));
            eigenvalues[i] = scaled;
        }
    }

    private static string OutOfRange(int index, double scaled, int exponent) => string.Create(
        CultureInfo.InvariantCulture,
        $"Eigenvalue {index} of the matrix is {scaled:g3} x 2^{exponent}, beyond the largest double, 1.8e308: "
        + $"divide the matrix by its order first.");
}
