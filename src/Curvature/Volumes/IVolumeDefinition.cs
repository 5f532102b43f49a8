using System.Collections.Immutable;

namespace BasinVolume.Curvature.Volumes;

/// <summary>What every definition of a basin's volume says of itself, so that definitions can stand beside each other in one table.</summary>
public interface IVolumeDefinition
{
    /// <summary>What the definition is called: <c>notebook</c>, <c>quadratic</c>, <c>fuzzy</c>, <c>measure</c>, <c>rays</c> or <c>levels</c>.</summary>
    string Name { get; }

    /// <summary>Whether there is a value.</summary>
    VolumeStatus Status { get; }

    /// <summary>One or two sentences that say why there is no value and what to do; null if there is one.</summary>
    string? Reason { get; }

    /// <summary>The logarithm of the volume or probability, in nats; null unless the status is <see cref="VolumeStatus.Defined"/>.</summary>
    double? LogValue { get; }

    /// <summary>The standard error of <see cref="LogValue"/> in nats; null for a definition that is not sampled.</summary>
    double? StandardError { get; }

    /// <summary>Where <see cref="LogValue"/> lies with a confidence of 95 %; null for a definition that is not sampled, and without a value.</summary>
    LogInterval? Interval => null;

    /// <summary>What the value is at least, with a confidence of 95 %, where samples are too few for an estimate; null otherwise.</summary>
    double? LowerBound => null;

    /// <summary>What is measured.</summary>
    VolumeUnit Unit { get; }

    /// <summary>Parts that add up to <see cref="LogValue"/>; empty if there is none.</summary>
    ImmutableArray<VolumeTerm> Split { get; }

    /// <summary>What the value takes for granted, a phrase each.</summary>
    ImmutableArray<string> Assumptions { get; }
}
