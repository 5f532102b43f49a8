using System.Collections.Immutable;
using BasinVolume.Curvature.Estimates;

namespace BasinVolume.Report.Records;

/// <summary>
/// What products with directions tell of second derivatives (<see href="curvature.md"/>). An interval is <c>[low, high]</c>, with null for an end that is not
/// known; a number that is not known has a reason in its place.
/// </summary>
public sealed record CurvatureRecord
{
    /// <summary><c>hessian</c> or <c>gauss-newton</c>.</summary>
    public string? Matrix { get; init; }

    /// <summary>The tensors whose block it is of; null for all parameters.</summary>
    public ImmutableArray<string>? Tensors { get; init => field = Elements.Known(value); }

    /// <summary>n, of that block.</summary>
    public int? Order { get; init; }

    /// <summary>Why there is no dense matrix: how much memory it would take; null where products were asked for.</summary>
    public string? InsteadOfDense { get; init; }

    /// <summary>Whether the job went through all its stages; false if it was interrupted.</summary>
    public bool? Complete { get; init; }

    /// <summary>What is not known, and why, a sentence each.</summary>
    public ImmutableArray<string>? Missing { get; init => field = Elements.Known(value); }

    /// <summary>Dimensions in which the network says beforehand that it is zero; they are kept out of everything random and count exactly.</summary>
    public int? KnownZeros { get; init; }

    /// <summary>Eigenpairs at both ends, ascending, without the zeros that are known beforehand.</summary>
    public RitzPairsRecord? Pairs { get; init; }

    /// <summary>The sum of all eigenvalues.</summary>
    public TraceRecord? Trace { get; init; }

    /// <summary>The traces of the tensors' diagonal blocks: of small tensors from the block itself, of large ones from random probes.</summary>
    public ImmutableArray<TensorTraceRecord>? TensorTraces { get; init => field = Elements.Known(value); }

    /// <summary>Where the eigenvalues lie.</summary>
    public DistributionRecord? Distribution { get; init; }

    /// <summary>What is kept of the quadratures, so that <c>volume --run</c> needs no product; null where they were not reached.</summary>
    public QuadraturesRecord? Quadratures { get; init; }

    /// <summary>How many eigenvalues are negative, zero and positive.</summary>
    public InertiaRecord? Inertia { get; init; }

    /// <summary>log det(H + μI) for each damping μ; of the Gauss–Newton matrix G where that was asked for.</summary>
    public ImmutableArray<ShiftedLogDeterminantRecord>? LogDeterminants { get; init => field = Elements.Known(value); }

    /// <summary>Σ h/(h + α) over the eigenvalues h, for each α.</summary>
    public ImmutableArray<EffectiveDimensionRecord>? EffectiveDimensions { get; init => field = Elements.Known(value); }

    /// <summary>
    /// The volumes that follow, by their names (<see href="volume.md"/>), with their intervals; null for a Gauss-Newton matrix and for a block.
    /// </summary>
    public IReadOnlyDictionary<string, DefinitionRecord>? Volumes { get; init => field = Elements.Known(value); }

    /// <summary>Products with a direction, in all stages.</summary>
    public long? Products { get; init; }

    /// <summary>What each stage took.</summary>
    public ImmutableArray<StageRecord>? Stages { get; init => field = Elements.Known(value); }

    /// <summary>What was asked.</summary>
    public CurvatureOptionsRecord? Options { get; init; }
}

/// <summary>A number that is the mean of random probes, with its interval, or the reason why there is none.</summary>
public record SampledRecord
{
    /// <summary>The estimate; null where there is none.</summary>
    public double? Value { get; init; }

    /// <summary>Where it lies with 95 % confidence; null without an estimate.</summary>
    public double?[]? Interval { get; init; }

    /// <summary>The part of the error that comes from the number of probes.</summary>
    public double? StandardError { get; init; }

    /// <summary>What the mean over these very probes lies between with certainty: what more steps could change.</summary>
    public double?[]? Bracket { get; init; }

    /// <summary>Random directions that it is a mean of.</summary>
    public int? Probes { get; init; }

    /// <summary>Why there is no number; null if there is one.</summary>
    public string? Reason { get; init; }
}

/// <summary>Ends of intervals as documents have them.</summary>
public static class IntervalEnds
{
    /// <summary>[low, high].</summary>
    public static double?[] Of(Interval interval) => [Finite(interval.Low), Finite(interval.High)];

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}

/// <summary>Eigenpairs at both ends of a spectrum.</summary>
public sealed record RitzPairsRecord
{
    /// <summary>The pairs, ascending: those of the lower end first.</summary>
    public required ImmutableArray<RitzPairRecord> Found { get; init => field = Elements.Known(value); }

    /// <summary>How many of them belong to the lower end.</summary>
    public int? FromBelow { get; init; }

    /// <summary>Products with a direction that they took.</summary>
    public long? Products { get; init; }

    /// <summary>How often the space was restarted.</summary>
    public int? Restarts { get; init; }

    /// <summary>What did not converge or may be missing, and what to do; null if nothing.</summary>
    public string? Reason { get; init; }

    /// <summary>The largest eigenvalue; null where the upper end was not asked for.</summary>
    public double? Largest() => Found.Length > (FromBelow ?? 0) ? Found[^1].Value : null;
}

/// <summary>An eigenpair.</summary>
public sealed record RitzPairRecord
{
    /// <summary>θ, the Rayleigh quotient of its vector.</summary>
    public required double Value { get; init; }

    /// <summary>‖A y − θ y‖, from a product of its own.</summary>
    public required double Residual { get; init; }

    /// <summary>Where an eigenvalue lies.</summary>
    public double?[]? Interval { get; init; }

    /// <summary>Whether the residual met the tolerance.</summary>
    public bool? Converged { get; init; }
}

/// <summary>A trace.</summary>
public sealed record TraceRecord
{
    /// <summary>The estimate; null where there is none.</summary>
    public double? Value { get; init; }

    /// <summary>Where it lies with 95 % confidence; null without an estimate.</summary>
    public double?[]? Interval { get; init; }

    /// <summary>Its standard error.</summary>
    public double? StandardError { get; init; }

    /// <summary>Products with a direction that it took.</summary>
    public long? Products { get; init; }

    /// <summary>Why there is no number, or why it is less exact than it was asked for; null where it is.</summary>
    public string? Reason { get; init; }
}

/// <summary>The trace of the block of a tensor.</summary>
public sealed record TensorTraceRecord
{
    /// <summary>The tensor.</summary>
    public required string Name { get; init; }

    /// <summary>How many parameters it has.</summary>
    public int? Parameters { get; init; }

    /// <summary>The trace of its diagonal block; null where there is none.</summary>
    public double? Trace { get; init; }

    /// <summary>Where it lies, with 95 % confidence where it is not exact; null without a trace.</summary>
    public double?[]? Interval { get; init; }

    /// <summary>Its standard error; 0 where the block was computed.</summary>
    public double? StandardError { get; init; }

    /// <summary>Whether the block was computed, so that rounding alone is left.</summary>
    public bool? Exact { get; init; }

    /// <summary>Of the sum over all tensors; null unless every tensor has a trace.</summary>
    public double? Share { get; init; }

    /// <summary>Why there is no number, or why it is less exact than it was asked for; null where it is.</summary>
    public string? Reason { get; init; }
}

/// <summary>Where eigenvalues lie, from quadratures of random directions.</summary>
public sealed record DistributionRecord
{
    /// <summary>Random directions.</summary>
    public int? Probes { get; init; }

    /// <summary>The most steps of a direction's recurrence.</summary>
    public int? Steps { get; init; }

    /// <summary>The file with the band: places, and the least and the most eigenvalues at or below each.</summary>
    public string? File { get; init; }

    /// <summary>The lowest place and the highest one.</summary>
    public double?[]? Range { get; init; }

    /// <summary>The widest the band is, as a share of n.</summary>
    public double? WidestBand { get; init; }

    /// <summary>Why there is none; null if there is one.</summary>
    public string? Reason { get; init; }
}

/// <summary>What quadratures are read again with, besides their recurrences, pairs, trace and known zeros.</summary>
public sealed record QuadraturesRecord
{
    /// <summary>The file with the recurrences of the random directions.</summary>
    public string? File { get; init; }

    /// <summary>How exactly the products are right, as a share of the largest eigenvalue.</summary>
    public double? UnitRoundoff { get; init; }

    /// <summary>The file with the recurrences of the gradient, and of that of the quadratic at 0; null where they were not taken.</summary>
    public string? GradientFile { get; init; }

    /// <summary>|g|² at the weights.</summary>
    public double? SquaredLength { get; init; }

    /// <summary>The same of the gradient that the quadratic has at 0.</summary>
    public double? OriginSquaredLength { get; init; }

    /// <summary>How much the quadratic rises from the weights to 0.</summary>
    public double? OriginRise { get; init; }
}

/// <summary>How many eigenvalues are negative, zero and positive, each between two numbers.</summary>
public sealed record InertiaRecord
{
    /// <summary>Up to which magnitude an eigenvalue counts as zero.</summary>
    public double? ZeroTolerance { get; init; }

    /// <summary>How many lie below minus the tolerance: between these.</summary>
    public double?[]? Negative { get; init; }

    /// <summary>How many are zero, those that are known beforehand included: between these.</summary>
    public double?[]? Zero { get; init; }

    /// <summary>How many lie above the tolerance: between these.</summary>
    public double?[]? Positive { get; init; }

    /// <summary>Why there is none; null if there is one.</summary>
    public string? Reason { get; init; }
}

/// <summary>The logarithm of the determinant at a damping.</summary>
public sealed record ShiftedLogDeterminantRecord : SampledRecord
{
    /// <summary>μ.</summary>
    public required double Shift { get; init; }

    /// <summary>What follows from the trace and the Frobenius norm without random quadratures (Bai and Golub); null where that is not known.</summary>
    public double?[]? BaiGolub { get; init; }

    /// <summary>Why there are no such bounds; null if there are.</summary>
    public string? BaiGolubReason { get; init; }
}

/// <summary>The effective dimension.</summary>
public sealed record EffectiveDimensionRecord : SampledRecord
{
    /// <summary>α.</summary>
    public required double Alpha { get; init; }
}

/// <summary>What a stage took.</summary>
public sealed record StageRecord
{
    /// <summary>The stage.</summary>
    public required string Name { get; init; }

    /// <summary>Products with a direction.</summary>
    public long? Products { get; init; }

    /// <summary>Seconds.</summary>
    public double? Seconds { get; init; }
}

/// <summary>What curvature by products was asked for.</summary>
public sealed record CurvatureOptionsRecord
{
    /// <summary>Eigenpairs at the upper end.</summary>
    public int? Largest { get; init; }

    /// <summary>Eigenpairs at the lower end.</summary>
    public int? Smallest { get; init; }

    /// <summary>The residual at which a pair is good enough, in units of the largest eigenvalue's magnitude.</summary>
    public double? Tolerance { get; init; }

    /// <summary>The standard error at which the trace is good enough, in units of the trace.</summary>
    public double? TraceTolerance { get; init; }

    /// <summary>Random directions of the quadratures.</summary>
    public int? Probes { get; init; }

    /// <summary>Steps of each.</summary>
    public int? Steps { get; init; }

    /// <summary>The most products that known zeros, eigenpairs, trace and quadratures together could take.</summary>
    public int? MostProducts { get; init; }

    /// <summary>What the random directions were drawn from.</summary>
    public long? Seed { get; init; }
}
