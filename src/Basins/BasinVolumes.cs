using System.Collections.Immutable;

using BasinVolume.Curvature.Volumes;
using BasinVolume.Curvature.Volumes.Gaussian;
using BasinVolume.Curvature.Volumes.Splitting;

namespace BasinVolume.Basins;

/// <summary>All definitions of one basin's volume.</summary>
public static class BasinVolumes
{
    /// <summary>The definitions in the order in which they are shown.</summary>
    /// <param name="measured">The loss to second order under its prior.</param>
    /// <param name="basis">The same in the coordinates of the parameters.</param>
    /// <param name="setting">The constants.</param>
    /// <param name="rays">What was found along rays; null if none were followed.</param>
    /// <param name="withoutRays">Why none were.</param>
    /// <param name="levels">What was found by levels; null if they were not asked for.</param>
    /// <param name="withoutLevels">Why not.</param>
    public static ImmutableArray<VolumeEntry> Of(
        MeasuredModel measured, MeasuredModel basis, VolumeSetting setting, RayResult? rays, string? withoutRays, LevelVolume? levels, string? withoutLevels)
    {
        ArgumentNullException.ThrowIfNull(measured);
        ArgumentNullException.ThrowIfNull(basis);
        ArgumentNullException.ThrowIfNull(setting);
        return
        [
            VolumeEntry.Of(GaussianMeasure.Of(measured.Model, setting.Threshold, measured.Prior)),
            new("rays", rays?.Gaussian, rays is null ? withoutRays : null),
            new("levels", levels, levels is null ? withoutLevels : null),
            VolumeEntry.Of(FuzzyVolume.Of(measured.Model, measured.Prior, setting.Temperature)),
            VolumeEntry.Of(VolumeSweep.Quadratic(basis.Model, setting.Threshold, setting.Centre)),
            VolumeEntry.Of(NotebookVolume.Of(basis.Bare, setting.Notebook)),
        ];
    }
}
