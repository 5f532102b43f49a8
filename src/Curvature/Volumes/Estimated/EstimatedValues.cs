using BasinVolume.Curvature.Estimates;

namespace BasinVolume.Curvature.Volumes.Estimated;

/// <summary>What every estimated definition says of its number.</summary>
internal static class EstimatedValues
{
    /// <summary>The interval of a logarithm; null if there is no number.</summary>
    public static LogInterval? IntervalOf(SampledNumber? number) => number is { Interval: var interval } ? new(interval.Low, interval.High) : null;

    /// <summary>By what it is known.</summary>
    public static IEnumerable<string> Assumptions(SampledNumber? number) => number is { Probes: > 0 }
        ? [FormattableString.Invariant($"the Hessian is known by its products with {number.Probes} random directions")]
        : [];

    /// <summary>What more steps could change, and how many probes there are.</summary>
    public static IEnumerable<VolumeParticular> Particulars(SampledNumber? number) =>
    [
        VolumeParticular.Number("bracket_low", number?.Bracket.Low),
        VolumeParticular.Number("bracket_high", number?.Bracket.High),
        VolumeParticular.Number("probes", number?.Probes),
    ];
}
