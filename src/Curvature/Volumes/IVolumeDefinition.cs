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

    /// <summary>The distribution of weights whose share is measured, such as N(0, 0.5² I) with θ* for the weights; null for a volume.</summary>
    string? PriorNotation => null;

    /// <summary>Parts that add up to <see cref="LogValue"/>; empty if there is none.</summary>
    ImmutableArray<VolumeTerm> Split { get; }

    /// <summary>What the value takes for granted, a phrase each.</summary>
    ImmutableArray<string> Assumptions { get; }

    /// <summary>Whether the value is estimated from samples, so that it has an interval, or too few samples for a value.</summary>
    bool IsSampled => false;

    /// <summary>How many samples really share in the value; null for a definition that does not count them.</summary>
    double? EffectiveSampleSize => null;

    /// <summary>What this definition says of itself beyond the above, in the order in which it is written.</summary>
    ImmutableArray<VolumeParticular> Particulars { get; }

    /// <summary>What to make of the value, for a person; empty where there is nothing to say.</summary>
    string Verdict { get; }

    /// <summary>The colour of its curves in pictures, 0xRRGGBB, dark enough for a white page.</summary>
    uint Colour { get; }
}
