using System.Collections.Immutable;
using BasinVolume.Curvature.Volumes;
using BasinVolume.Curvature.Volumes.Gaussian;

namespace BasinVolume.Basins;

/// <summary>
/// All definitions of one basin's volume. A new one is a file with an <see cref="IVolumeDefinition"/>, and a line in <see cref="All"/>:
/// tables, files, pictures and pages follow.
/// </summary>
public static class BasinVolumes
{
    /// <summary>The definitions in the order in which they are shown.</summary>
    public static ImmutableArray<BasinDefinition> All { get; } =
    [
        new("measure", basin => GaussianMeasure.Of(basin.Measured.Model, basin.Setting.Threshold, basin.Measured.Prior)) { IsSwept = true },
        new("rays", basin => basin.Rays?.Gaussian) { Missing = basin => basin.WithoutRays },
        new("levels", basin => basin.Levels) { Missing = basin => basin.WithoutLevels },
        new("fuzzy", basin => FuzzyVolume.Of(basin.Measured.Model, basin.Measured.Prior, basin.Setting.Temperature)) { IsSwept = true, HasPriorWeight = true },
        new("quadratic", basin => Quadratic(basin.Basis.Model, basin.Setting.Threshold, basin.Setting.Centre)) { IsSwept = true },
        new("notebook", basin => NotebookVolume.Of(basin.Basis.Bare, basin.Setting.Notebook)) { IsSwept = true, HasPriorWeight = true },
    ];

    /// <summary>Every definition of a basin.</summary>
    public static ImmutableArray<VolumeEntry> Of(MeasuredBasin basin)
    {
        ArgumentNullException.ThrowIfNull(basin);
        return [.. All.Select(definition => definition.EntryOf(basin))];
    }

    // The quadratic basin around the point that was asked for.
    private static QuadraticVolume Quadratic(QuadraticModel model, BasinThreshold threshold, QuadraticCentre centre) => centre == QuadraticCentre.Minimum
        ? QuadraticVolume.AroundMinimum(model, threshold, shift: 0)
        : QuadraticVolume.AroundWeights(model, threshold, shift: 0);
}
