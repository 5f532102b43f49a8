using System.Collections.Immutable;
using BasinVolume.Kernels;

namespace BasinVolume.Curvature;

/// <summary>All eigenvalues of a symmetric matrix, and the eigenvectors of a stretch of them.</summary>
/// <param name="Eigenvalues">All n eigenvalues, ascending, in the units of the matrix.</param>
/// <param name="First">The place, in that order, of the first eigenvalue whose eigenvector is here.</param>
/// <param name="Vectors">An eigenvector a row, of length 1 each and orthogonal to each other: row k belongs to eigenvalue <paramref name="First"/> + k.</param>
public sealed record Eigenpairs(ImmutableArray<double> Eigenvalues, int First, Matrix Vectors)
{
    /// <summary>How many eigenvectors are here.</summary>
    public int Count => Vectors.Rows;

    /// <summary>The eigenvalue of vector <paramref name="k"/>.</summary>
    /// <param name="k">0 … <see cref="Count"/> − 1.</param>
    public double Value(int k) => Eigenvalues[First + k];

    /// <summary>Vector <paramref name="k"/>, n elements, of length 1; its sign is arbitrary.</summary>
    /// <param name="k">0 … <see cref="Count"/> − 1.</param>
    public ReadOnlySpan<double> Vector(int k) => Vectors.Row(k);
}
