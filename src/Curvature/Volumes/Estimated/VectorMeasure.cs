using System.Collections.Immutable;
using BasinVolume.Curvature.Densities;
using BasinVolume.Curvature.Estimates;
using BasinVolume.Curvature.Lanczos;
using BasinVolume.Curvature.Maps;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Linear;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Curvature.Volumes.Estimated;

/// <summary>A vector as a map's spectrum sees it: |v|² and the measure of v/|v|, so that vᵀf(A)v = |v|² ∫ f dμ for every f without a product more.</summary>
/// <param name="SquaredLength">|v|².</param>
/// <param name="Measure">Of v/|v|; null for v = 0.</param>
public sealed record VectorMeasure(double SquaredLength, SpectralQuadrature? Measure)
{
    /// <summary>The vector 0.</summary>
    public static VectorMeasure Zero { get; } = new(0, Measure: null);

    /// <summary>|v|.</summary>
    public double Length => Math.Sqrt(SquaredLength);

    /// <summary>The measures of several vectors, their products taken together.</summary>
    /// <param name="map">A.</param>
    /// <param name="vectors">[vectors, n]; left as they are.</param>
    /// <param name="steps">Most products with each, at least 1.</param>
    /// <param name="threads">The team to compute with; no result depends on its size.</param>
    /// <param name="progress">Told the share of the steps that is done; may be null.</param>
    /// <param name="cancellation">Checked before each step.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is fewer than one step.</exception>
    /// <exception cref="MatrixException">A vector or a product is not finite.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    public static ImmutableArray<VectorMeasure> Of(
        ILinearMap map, Matrix vectors, int steps, HostThreads threads, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        double[] lengths = [.. Enumerable.Range(0, vectors.Rows).Select(row => EuclideanNorm.Of(vectors.Row(row)))];
        int[] others = [.. Enumerable.Range(0, vectors.Rows).Where(row => lengths[row] != 0)];
        var measures = new VectorMeasure[vectors.Rows];
        Array.Fill(measures, Zero);
        if (others.Length == 0)
            return [.. measures];
        var starts = new Matrix(others.Length, vectors.Columns);
        for (int row = 0; row < others.Length; row++)
            vectors.Row(others[row]).CopyTo(starts.Row(row));
        ImmutableArray<SpectralQuadrature> quadratures = SpectralQuadrature.Of(map, starts, steps, threads, progress, cancellation);
        for (int row = 0; row < others.Length; row++)
            measures[others[row]] = new(lengths[others[row]] * lengths[others[row]], quadratures[row]);
        return [.. measures];
    }

    /// <summary>What vᵀ(A + cI)⁻¹v lies between, for a positive definite A + cI whose spectrum lies where the probes say.</summary>
    /// <param name="shift">c.</param>
    /// <param name="probes">What is known of A.</param>
    /// <param name="cancellation">Checked now and then.</param>
    internal Interval InverseForm(double shift, ProbeQuadratures probes, CancellationToken cancellation)
        => Form(SpectralFunction.Inverse(shift), probes, cancellation);

    /// <summary>What vᵀf(A)v lies between, for a function that is defined where the spectrum lies as the probes say.</summary>
    /// <param name="function">f.</param>
    /// <param name="probes">What is known of A.</param>
    /// <param name="cancellation">Checked now and then.</param>
    internal Interval Form(SpectralFunction function, ProbeQuadratures probes, CancellationToken cancellation)
    {
        if (Measure is not { } measure)
            return new(0, 0);
        var support = new Interval(probes.Lower.Value, probes.Upper.Value);
        return SquaredLength * measure.Bracket(function, support, probes.Rounding, probes.Threads, cancellation).Bracket;
    }
}
