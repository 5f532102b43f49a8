using System.Collections.Immutable;
using BasinVolume.Curvature.Dense;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Linear;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Curvature.Groups;

/// <summary>The diagonal block of one group.</summary>
/// <param name="Group">Its rows and columns.</param>
/// <param name="Spectrum">The block's own eigenvalues; zero is relative to the block.</param>
/// <param name="Trace">Σ a_ii over the group, in the units of the matrix.</param>
/// <param name="LogDeterminant">The block's log-determinant, natural logarithm.</param>
public sealed record BlockReport(ParameterGroup Group, Spectrum Spectrum, double Trace, LogDeterminant LogDeterminant);

/// <summary>A symmetric matrix by blocks: what each group's curvature is by itself, and how strongly groups are coupled.</summary>
/// <param name="Blocks">The diagonal blocks, in the order of the groups.</param>
/// <param name="Norms">The Frobenius norm of block (a, b) as row a, element b; symmetric, in the units of the matrix.</param>
public sealed record BlockAnalysis(ImmutableArray<BlockReport> Blocks, ImmutableArray<ImmutableArray<double>> Norms)
{
    /// <summary>Analyses a matrix by groups.</summary>
    /// <param name="matrix">A, n × n, finite and symmetric; left as it is.</param>
    /// <param name="groups">The groups; they need not cover the matrix.</param>
    /// <param name="exactness">How exactly the matrix, and so each block, is known.</param>
    /// <param name="threads">The team to compute with; results do not depend on its size.</param>
    /// <param name="cancellation">Checked again and again.</param>
    /// <exception cref="MatrixException">A group lies outside the matrix, or the matrix is not square, finite and symmetric.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    public static BlockAnalysis Of(
        Matrix matrix,
        ImmutableArray<ParameterGroup> groups,
        Exactness exactness,
        HostThreads threads,
        CancellationToken cancellation = default)
    {
        SymmetryCheck.LargestElement(matrix, threads);
        foreach (ParameterGroup group in groups)
            group.ThrowIfOutside(matrix.Rows);
        return new BlockAnalysis(
            [.. groups.Select(group => Diagonal(matrix, group, exactness, threads, cancellation))],
            [.. groups.Select(a => groups.Select(b => EuclideanNorm.Of(Block(matrix, a, b).Values)).ToImmutableArray())]);
    }

    private static BlockReport Diagonal(Matrix matrix, ParameterGroup group, Exactness exactness, HostThreads threads, CancellationToken cancellation)
    {
        Matrix block = Block(matrix, group, group);
        var spectrum = new Spectrum(SymmetricEigenvalues.Compute(block, threads, cancellation: cancellation), exactness);
        double[] diagonal = new double[group.Length];
        for (int i = 0; i < diagonal.Length; i++)
            diagonal[i] = block[i, i];
        return new BlockReport(group, spectrum, CompensatedSum.Of(diagonal), LogDeterminant.Of(spectrum));
    }

    private static Matrix Block(Matrix matrix, ParameterGroup rows, ParameterGroup columns)
    {
        var block = new Matrix(rows.Length, columns.Length);
        for (int i = 0; i < rows.Length; i++)
            matrix.Row(rows.Offset + i)[columns.Range].CopyTo(block.Row(i));
        return block;
    }
}
