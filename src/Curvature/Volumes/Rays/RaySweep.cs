using System.Collections.Immutable;

namespace BasinVolume.Curvature.Volumes.Rays;

/// <summary>One threshold of a sweep.</summary>
/// <param name="Excess">ΔT.</param>
/// <param name="Volume">The volume there.</param>
/// <param name="Slope">
/// d log V/d log ΔT between the neighbours (at an end, between it and its neighbour); null if one of them has no volume. Tends to n/2 at a regular minimum
/// and to the local learning coefficient at a singular one as ΔT goes to 0.
/// </param>
public sealed record RaySweepPoint(double Excess, RayVolume Volume, double? Slope);

/// <summary>
/// The volume over a range of thresholds. All thresholds use the same rays, so that the slope has far less noise than the volumes.
/// </summary>
public static class RaySweep
{
    /// <summary>Follows the rays to each threshold, from the crossings of the one before.</summary>
    /// <param name="search">The rays.</param>
    /// <param name="excesses">ΔT, at least two, positive and ascending.</param>
    /// <param name="progress">Told the share of searches done; may be null.</param>
    /// <param name="cancellation">Looked at before each evaluation.</param>
    /// <returns>The crossings at each threshold.</returns>
    /// <exception cref="VolumeParameterException">The thresholds are not as above.</exception>
    public static ImmutableArray<RayCrossings> Cross(RaySearch search, IReadOnlyList<double> excesses, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(search);
        ArgumentNullException.ThrowIfNull(excesses);
        Check(excesses);
        var crossings = ImmutableArray.CreateBuilder<RayCrossings>(excesses.Count);
        foreach (double excess in excesses)
        {
            var threshold = BasinThreshold.Excess(excess);
            crossings.Add(crossings.Count == 0 ? search.Cross(threshold, progress: null, cancellation) : search.CrossNear(crossings[^1], threshold, cancellation));
            progress?.Report(crossings.Count / (double)excesses.Count);
        }

        return crossings.MoveToImmutable();
    }

    /// <summary>Volumes and slopes.</summary>
    /// <param name="crossings">Those of the same rays at ascending thresholds.</param>
    /// <param name="definition">What is made of them: <see cref="RayVolume.Lebesgue"/>, or <see cref="RayVolume.Gaussian"/> with a prior.</param>
    public static ImmutableArray<RaySweepPoint> Of(ImmutableArray<RayCrossings> crossings, Func<RayCrossings, RayVolume> definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        RayVolume[] volumes = [.. crossings.Select(definition)];
        return [.. volumes.Select((volume, i) => new RaySweepPoint(
            volume.Crossings.Excess, volume, Slope(volumes[Math.Max(0, i - 1)], volumes[Math.Min(volumes.Length - 1, i + 1)])))];
    }

    private static double? Slope(RayVolume from, RayVolume to) => (to.LogValue - from.LogValue) / Math.Log(to.Crossings.Excess / from.Crossings.Excess);

    private static void Check(IReadOnlyList<double> excesses)
    {
        VolumeParameterException.Checked("number of thresholds in a sweep", excesses.Count, excesses.Count >= 2, "at least 2");
        double last = 0;
        foreach (double excess in excesses)
        {
            VolumeParameterException.Checked("threshold ΔT in a sweep", excess, double.IsFinite(excess) && excess > last, "a positive number above the one before");
            last = excess;
        }
    }
}
