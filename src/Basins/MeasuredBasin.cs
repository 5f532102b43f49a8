using BasinVolume.Curvature.Volumes.Splitting;

namespace BasinVolume.Basins;

/// <summary>All that definitions of a basin's volume are computed from.</summary>
/// <param name="Measured">The loss to second order under its prior.</param>
/// <param name="Basis">The same in the coordinates of the parameters.</param>
/// <param name="Setting">The constants.</param>
public sealed record MeasuredBasin(MeasuredModel Measured, MeasuredModel Basis, VolumeSetting Setting)
{
    /// <summary>What was found along rays; null if none were followed.</summary>
    public RayResult? Rays { get; init; }

    /// <summary>Why none were followed, and what to do.</summary>
    public string? WithoutRays { get; init; }

    /// <summary>What was found by levels; null if they were not asked for.</summary>
    public LevelVolume? Levels { get; init; }

    /// <summary>Why not, and what to do.</summary>
    public string? WithoutLevels { get; init; }
}
