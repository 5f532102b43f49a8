using System.Collections.Immutable;
using BasinVolume.Curvature.Dense;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Host;
using BasinVolume.Kernels.Linear;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Curvature.Groups;

/// <summary>What one eigenvector v says.</summary>
/// <param name="Eigenvalue">λ, in the units of the matrix.</param>
/// <param name="Residual">‖A v − λ v‖, in the units of the matrix: how far the pair is from an exact one.</param>
/// <param name="Shares">Σ v_i² over each group, in the order of the groups; 1 in all if they cover every coordinate once.</param>
/// <param name="GradientOverlap">|gᵀv|/‖g‖, the cosine between gradient and eigenvector; 0 for a zero gradient, null if no gradient was given.</param>
public sealed record EigenvectorReport(double Eigenvalue, double Residual, ImmutableArray<double> Shares, double? GradientOverlap)
{
    /// <summary>A report for each eigenvector at hand.</summary>
    /// <param name="matrix">A, n × n.</param>
    /// <param name="pairs">Eigenvectors of A.</param>
    /// <param name="groups">The groups whose shares are wanted.</param>
    /// <param name="gradient">g, n elements; empty if there is none.</param>
    /// <param name="threads">The team to compute with; results do not depend on its size.</param>
    /// <exception cref="MatrixException">A group lies outside the matrix, or vectors or gradient do not have its order.</exception>
    public static ImmutableArray<EigenvectorReport> Of(
        Matrix matrix,
        Eigenpairs pairs,
        ImmutableArray<ParameterGroup> groups,
        ReadOnlySpan<double> gradient,
        HostThreads threads)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        ArgumentNullException.ThrowIfNull(pairs);
        int order = matrix.Rows;
        ThrowIfNotOfOrder("eigenvectors", pairs.Vectors.Columns, order);
        if (!gradient.IsEmpty)
            ThrowIfNotOfOrder("gradient", gradient.Length, order);
        foreach (ParameterGroup group in groups)
            group.ThrowIfOutside(order);

        var images = new Matrix(pairs.Count, order);
        HostKernels.Doubles(threads).MatrixProduct(1, MatrixViews.Of(pairs.Vectors), MatrixViews.Of(matrix), MatrixViews.Of(images), accumulate: false);
        ImmutableArray<EigenvectorReport>.Builder reports = ImmutableArray.CreateBuilder<EigenvectorReport>(pairs.Count);
        for (int k = 0; k < pairs.Count; k++)
            reports.Add(Of(pairs.Value(k), pairs.Vectors.Row(k), images.Row(k), groups, gradient));
        return reports.MoveToImmutable();
    }

    private static EigenvectorReport Of(
        double eigenvalue, Span<double> vector, Span<double> image, ImmutableArray<ParameterGroup> groups, ReadOnlySpan<double> gradient)
    {
        for (int i = 0; i < image.Length; i++)
            image[i] -= eigenvalue * vector[i];
        var shares = new double[groups.Length];
        for (int g = 0; g < shares.Length; g++)
            shares[g] = CompensatedSum.OfSquares(vector[groups[g].Range]);
        return new EigenvectorReport(eigenvalue, EuclideanNorm.Of(image), [.. shares], gradient.IsEmpty ? null : Overlap(vector, gradient));
    }

    private static double Overlap(ReadOnlySpan<double> vector, ReadOnlySpan<double> gradient)
    {
        double norm = EuclideanNorm.Of(gradient);
        if (norm == 0)
            return 0;
        double sum = 0;
        for (int i = 0; i < vector.Length; i++)
            sum += gradient[i] / norm * vector[i];
        return Math.Abs(sum);
    }

    private static void ThrowIfNotOfOrder(string what, int length, int order)
    {
        if (length != order)
            throw new MatrixException($"The {what} have {length} elements, but the matrix has order {order}: they must belong to the same parameters.");
    }
}
