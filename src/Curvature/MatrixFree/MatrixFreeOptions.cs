using System.Collections.Immutable;
using BasinVolume.Curvature.Subspaces;

namespace BasinVolume.Curvature.MatrixFree;

/// <summary>What is asked of a symmetric map A of order n that is known by its products.</summary>
public sealed record MatrixFreeOptions
{
    /// <summary>Eigenpairs at the upper end; fewer where n is smaller.</summary>
    public int Largest { get; init; } = 10;

    /// <summary>Eigenpairs at the lower end; fewer where n is smaller.</summary>
    public int Smallest { get; init; } = 10;

    /// <summary>The residual at which an eigenpair is good enough, in units of the largest eigenvalue's magnitude.</summary>
    public double Tolerance { get; init; } = 1e-6;

    /// <summary>The standard error at which the trace is good enough, in units of the trace's magnitude.</summary>
    public double TraceTolerance { get; init; } = 1e-3;

    /// <summary>Random directions of the quadratures, at least 2.</summary>
    public int Probes { get; init; } = 12;

    /// <summary>Steps of each quadrature's recurrence, at least 2.</summary>
    public int Steps { get; init; } = 40;

    /// <summary>The μ of log det(A + μI), each above 0.</summary>
    public ImmutableArray<double> Shifts { get; init; } = [];

    /// <summary>The α of the effective dimension Σ λ/(λ + α), each above 0.</summary>
    public ImmutableArray<double> Alphas { get; init; } = [];

    /// <summary>The most products with a direction that all stages together may take, at least 1.</summary>
    public int MostProducts { get; init; } = 1500;

    /// <summary>Those of them that are spent before, such as on checking known zeros.</summary>
    public int SpentProducts { get; init; }

    /// <summary>What may be held at once for vectors, in bytes; null for no bound.</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>What random directions are drawn from.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Whether A is known to have no negative eigenvalue, as a Gauss–Newton matrix.</summary>
    public bool IsPositiveSemidefinite { get; init; }

    /// <summary>Where A is known to be zero; null where nothing is known.</summary>
    public ISubspace? Zeros { get; init; }

    /// <summary>How exactly A is known, of which follows what counts as zero; null for what its products are right to.</summary>
    public Exactness? Exactness { get; init; }

    /// <summary>Whether any eigenpair is asked for.</summary>
    internal bool HasPairs => Largest + Smallest > 0;

    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(Largest);
        ArgumentOutOfRangeException.ThrowIfNegative(Smallest);
        CheckPositive(Tolerance, nameof(Tolerance));
        CheckPositive(TraceTolerance, nameof(TraceTolerance));
        ArgumentOutOfRangeException.ThrowIfLessThan(Probes, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(Steps, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(MostProducts, 1);
        foreach (double shift in Shifts)
            CheckPositive(shift, nameof(Shifts));
        foreach (double alpha in Alphas)
            CheckPositive(alpha, nameof(Alphas));
    }

    private static void CheckPositive(double value, string name)
    {
        if (!(value > 0 && double.IsFinite(value)))
            throw new ArgumentOutOfRangeException(name, value, "A finite number above 0 is expected.");
    }
}
