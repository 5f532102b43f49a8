using System.Collections.Immutable;
using BasinVolume.Curvature.Dense;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Curvature.Structure;

/// <summary>The spectrum of a matrix, solved without the zeros that are known beforehand.</summary>
/// <param name="Spectrum">All n eigenvalues, the known zeros among them exact.</param>
/// <param name="StructuralZeros">The known zeros, group by group.</param>
public sealed record SolvedSpectrum(Spectrum Spectrum, ImmutableArray<StructuralZeros> StructuralZeros)
{
    /// <summary>How eigenvalues without eigenvectors are found.</summary>
    public const string LaguerreMethod = "householder-laguerre";

    /// <summary>How eigenvalues and eigenvectors are found together.</summary>
    public const string DivideAndConquerMethod = "householder-divide-and-conquer";

    /// <summary>How this one was found.</summary>
    public string Method => Pairs.IsEmpty ? LaguerreMethod : DivideAndConquerMethod;

    /// <summary>The eigenpairs that were asked for in ascending stretches, in the coordinates of the matrix; empty if none were.</summary>
    public ImmutableArray<Eigenpairs> Pairs { get; private init; } = [];

    /// <summary>How many of the zeros were known beforehand.</summary>
    public int StructuralCount => StructuralZeros.Sum(group => group.Count);

    /// <summary>At most Σ ‖A d‖ over the null directions d that were taken out: how far this spectrum may be from that of A as it is.</summary>
    public double TakenOut => StructuralZeros.Sum(group => group.Count * group.LargestResidual);

    /// <summary>How many eigenvalues cannot be told from zero without being among those.</summary>
    public int NumericalZeros => Spectrum.Inertia.Zero - StructuralCount;

    /// <summary>Solves for all eigenvalues, and for the eigenvectors at both ends.</summary>
    /// <param name="matrix">A, symmetric and finite; left as it is.</param>
    /// <param name="zeros">What is known of its null directions.</param>
    /// <param name="exactness">How exactly it is known.</param>
    /// <param name="vectors">K: eigenvectors of the K largest eigenvalues and of the up to K most negative ones; 0 for none.</param>
    /// <param name="threads">The team to compute with; results do not depend on its size.</param>
    /// <param name="progress">Told the share that is done.</param>
    /// <param name="cancellation">Stops it at the next panel of rows.</param>
    /// <exception cref="MatrixException">
    /// The matrix is not square, finite and symmetric, contradicts a null direction, or an eigenvalue exceeds the range of a double.
    /// </exception>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    public static SolvedSpectrum Of(
        Matrix matrix,
        ImmutableArray<NullDirections> zeros,
        Exactness exactness,
        int vectors,
        HostThreads threads,
        IProgress<double> progress,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        // Without known zeros the matrix is solved as it is, not a copy of it.
        StructuralReduction? reduction = zeros.IsEmpty ? null : StructuralReduction.Of(matrix, zeros, exactness.UnitRoundoff, threads);
        Matrix reduced = reduction?.Matrix ?? matrix;
        if (vectors == 0)
            return new(SpectrumOf(reduction, SymmetricEigenvalues.Compute(reduced, threads, progress, cancellation), exactness), reduction?.Groups ?? []);

        ImmutableArray<Eigenpairs> pairs = SymmetricEigenvectors.Compute(
            reduced, values => BothEnds(SpectrumOf(reduction, values.AsSpan(), exactness), reduced.Rows, vectors), threads, progress, cancellation);
        return new(SpectrumOf(reduction, pairs[0].Eigenvalues.AsSpan(), exactness), reduction?.Groups ?? [])
        {
            Pairs = [.. pairs.Select(stretch => reduction is null ? stretch : stretch with { Vectors = reduction.Lift(stretch.Vectors) })],
        };
    }

    /// <summary>Solves for all eigenvalues and all eigenvectors, those of the known zeros among them.</summary>
    /// <param name="matrix">A, symmetric and finite; left as it is.</param>
    /// <param name="zeros">What is known of its null directions.</param>
    /// <param name="exactness">How exactly it is known.</param>
    /// <param name="threads">The team to compute with; results do not depend on its size.</param>
    /// <param name="progress">Told the share that is done.</param>
    /// <param name="cancellation">Stops it at the next panel of rows.</param>
    /// <returns>A spectrum with one stretch of n eigenpairs.</returns>
    /// <exception cref="MatrixException">
    /// The matrix is not square, finite and symmetric, contradicts a null direction, or an eigenvalue exceeds the range of a double.
    /// </exception>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    public static SolvedSpectrum Whole(
        Matrix matrix,
        ImmutableArray<NullDirections> zeros,
        Exactness exactness,
        HostThreads threads,
        IProgress<double> progress,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        ArgumentNullException.ThrowIfNull(exactness);
        StructuralReduction? reduction = zeros.IsEmpty ? null : StructuralReduction.Of(matrix, zeros, exactness.UnitRoundoff, threads);
        Eigenpairs reduced = SymmetricEigenvectors.Compute(reduction?.Matrix ?? matrix, .., threads, progress, cancellation);
        return new(SpectrumOf(reduction, reduced.Eigenvalues.AsSpan(), exactness), reduction?.Groups ?? []) { Pairs = [reduction?.Whole(reduced) ?? reduced] };
    }

    private static ImmutableArray<Range> BothEnds(Spectrum spectrum, int order, int vectors)
    {
        int leading = Math.Min(vectors, order);
        int negative = Math.Min(Math.Min(vectors, spectrum.Inertia.Negative), order - leading);
        return negative == 0 ? [^leading..] : [new Range(0, negative), ^leading..];
    }

    private static Spectrum SpectrumOf(StructuralReduction? reduction, ReadOnlySpan<double> eigenvalues, Exactness exactness)
        => reduction?.Spectrum(eigenvalues, exactness) ?? new Spectrum(eigenvalues, exactness);
}
