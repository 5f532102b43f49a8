using System.Collections.Immutable;
using BasinVolume.Curvature.Volumes.Rays;

namespace BasinVolume.Basins;

/// <summary>What was found along some of the rays of a study, and at as many points of the prior.</summary>
/// <param name="First">The number of the first ray.</param>
/// <param name="Rays">The rays in order; empty where the basin is.</param>
/// <param name="Draws">The loss at each point that was drawn.</param>
/// <param name="Sweep">Those of the rays that are part of the sweep, at each of its thresholds but that of the rays themselves, where none are.</param>
/// <param name="Before">For how many weight vectors the loss was evaluated before the first ray, the same for every share.</param>
/// <param name="Evaluations">For how many it was evaluated for this share.</param>
/// <param name="Seconds">Seconds for all of it.</param>
public sealed record RayShare(
    int First,
    ImmutableArray<RayCrossing> Rays,
    double[] Draws,
    ImmutableArray<ImmutableArray<RayCrossing>> Sweep,
    long Before,
    long Evaluations,
    double Seconds)
{
    /// <summary>A share without a ray.</summary>
    /// <param name="first">The number that its first ray would have.</param>
    /// <param name="thresholds">Thresholds of the sweep.</param>
    /// <param name="before">For how many weight vectors the loss was evaluated before the first ray.</param>
    /// <param name="seconds">Seconds for that.</param>
    public static RayShare Empty(int first, int thresholds, long before, double seconds)
        => new(first, [], [], [.. Enumerable.Repeat(ImmutableArray<RayCrossing>.Empty, thresholds)], before, 0, seconds);

    /// <summary>Shares that follow each other as one.</summary>
    /// <param name="shares">The shares, from the first ray on; at least one.</param>
    public static RayShare Joined(IReadOnlyList<RayShare> shares)
    {
        ArgumentNullException.ThrowIfNull(shares);
        return new(
            shares[0].First,
            [.. shares.SelectMany(share => share.Rays)],
            [.. shares.SelectMany(share => share.Draws)],
            [.. shares[0].Sweep.Select((_, i) => shares.SelectMany(share => share.Sweep[i]).ToImmutableArray())],
            shares[0].Before,
            shares.Sum(share => share.Evaluations),
            shares.Sum(share => share.Seconds));
    }
}
