using System.Collections.Immutable;
using BasinVolume.Curvature.Densities;
using BasinVolume.Curvature.Lanczos;
using BasinVolume.Curvature.Maps;
using BasinVolume.Curvature.Traces;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Curvature.MatrixFree;

/// <summary>
/// All that products V ↦ A V tell of a symmetric map: eigenpairs at both ends, the trace, and, by quadratures of random probes, where the eigenvalues lie, how
/// many are negative, log det(A + μI) and the effective dimension. Every number has an interval, or a reason in its place. What is null was not asked for, or
/// was not reached: <see cref="Missing"/> says so.
/// </summary>
public sealed record MatrixFreeCurvature
{
    internal MatrixFreeCurvature(int order, MatrixFreeOptions options) => (Order, Options) = (order, options);

    /// <summary>n.</summary>
    public int Order { get; }

    /// <summary>What was asked.</summary>
    public MatrixFreeOptions Options { get; }

    /// <summary>Eigenpairs at both ends.</summary>
    public RitzPairs? Pairs { get; internal init; }

    /// <summary>The trace.</summary>
    public TraceEstimate? Trace { get; internal init; }

    /// <summary>The probes' quadratures, of which the rest follows without another product.</summary>
    public ProbeQuadratures? Quadratures { get; internal init; }

    /// <summary>Where the eigenvalues lie.</summary>
    public SpectralDistribution? Distribution { get; internal init; }

    /// <summary>How many eigenvalues are negative, zero and positive.</summary>
    public InertiaBand? Inertia { get; internal init; }

    /// <summary>log det(A + μI) of each μ that was asked for.</summary>
    public ImmutableArray<LogDeterminantEstimate> LogDeterminants { get; internal init; } = [];

    /// <summary>Bounds of the same from two moments and the ends of the spectrum, without a quadrature, in the same order.</summary>
    public ImmutableArray<BaiGolubBounds> Bounds { get; internal init; } = [];

    /// <summary>The effective dimension of each α that was asked for.</summary>
    public ImmutableArray<EffectiveDimensionEstimate> EffectiveDimensions { get; internal init; } = [];

    /// <summary>What each stage took, one that was stopped included.</summary>
    public ImmutableArray<StageCost> Stages { get; internal init; } = [];

    /// <summary>Why a stage could not be had, a sentence each.</summary>
    public ImmutableArray<string> Refused { get; internal init; } = [];

    /// <summary>Whether all stages were gone through.</summary>
    public bool IsComplete { get; internal init; }

    /// <summary>Products with a direction, in all stages.</summary>
    public long Products => Stages.Sum(stage => stage.Products);

    /// <summary>Dimensions in which A was said to be zero.</summary>
    public int KnownZeros => Options.Zeros?.Dimension ?? 0;

    /// <summary>What is not known, a sentence each: stages that could not be had, and those that the work was stopped before.</summary>
    public ImmutableArray<string> Missing
    {
        get
        {
            if (IsComplete)
                return Refused;
            string[] unreached =
            [
                .. Pairs is null && Options.HasPairs ? new[] { "eigenpairs" } : [],
                .. Trace is null ? new[] { "the trace" } : [],
                .. Quadratures is null ? new[] { "the distribution of the eigenvalues, inertia, log det and effective dimension" } : [],
            ];
            return [.. Refused, .. unreached.Select(part => $"The work was stopped before {part} could be told; run it again to have that too.")];
        }
    }

    /// <summary>What is known, for a person.</summary>
    public override string ToString() => string.Join("; ", new[]
    {
        $"order {Order}, {Products} products",
        Pairs is null ? string.Empty : $"eigenvalues {Pairs}",
        Trace is null ? string.Empty : $"trace {Trace}",
        string.Join(' ', Missing),
    }.Where(part => part.Length > 0));

    /// <summary>Computes it, stage by stage. The result has the same bits for any number of threads.</summary>
    /// <param name="map">A, of order n ≥ 1, symmetric up to the rounding of its products.</param>
    /// <param name="options">What is asked.</param>
    /// <param name="threads">The team to compute with.</param>
    /// <param name="listener">Who follows; told what is known until then when the work is stopped. May be null.</param>
    /// <param name="cancellation">Checked before each block of products.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    /// <exception cref="MatrixException">A product is not finite.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    public static MatrixFreeCurvature Of(
        ILinearMap map, MatrixFreeOptions options, HostThreads threads, ICurvatureListener? listener = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(threads);
        ArgumentOutOfRangeException.ThrowIfLessThan(map.Order, 1, nameof(map));
        options.Check();
        return new CurvatureStages(map, options, threads, listener ?? new Nobody(), cancellation).Run();
    }

    private sealed class Nobody : ICurvatureListener
    {
        public TResult During<TResult>(string stage, Func<IProgress<double>, TResult> compute) => compute(new Told<double>(_ => { }));

        public void Found(MatrixFreeCurvature known)
        {
        }
    }
}
