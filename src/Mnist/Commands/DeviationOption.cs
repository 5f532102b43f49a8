using System.CommandLine;
using BasinVolume.Mnist.Options;

namespace BasinVolume.Mnist.Commands;

/// <summary>--sigma: σ, from which initial weights are drawn and which is the prior's of the volume.</summary>
internal static class DeviationOption
{
    /// <summary>The option; null when it is not given.</summary>
    /// <param name="description">What it is the deviation of.</param>
    public static Option<double?> Create(string description)
        => NumberOption.Optional<double>("--sigma", description, NumberRanges.Deviation).Formerly("--init-std");
}
