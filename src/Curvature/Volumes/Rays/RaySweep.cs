using System.Collections.Immutable;

namespace BasinVolume.Curvature.Volumes.Rays;

/// <summary>One threshold of a sweep.</summary>
/// <param name="Excess">ΔT.</param>
/// <param name="Volume">The volume there.</param>
/// <param name="Slope">
/// d log V/d log ΔT between the neighbours (at an end, between it and its neighbour); null if one of them has no value. Tends to n/2 at a regular minimum
/// and to the local learning coefficient at a singular one as ΔT goes to 0.
/// </param>
/// <param name="SlopeError">Its standard error, as if neighbours had no rays in common: what they share makes it smaller. Null without a slope.</param>
public sealed record RaySweepPoint(double Excess, RayVolume Volume, double? Slope, double? SlopeError);

/// <summary>
/// The volume over a range of thresholds. Rays that are shaped for one threshold miss the long directions of another, so that each has its own;
/// the random numbers behind them are the same.
/// </summary>
public static class RaySweep
{
    /// <summary>Follows rays to each threshold, from the crossings at one of them.</summary>
    /// <param name="shaped">The rays for a threshold.</param>
    /// <param name="start">What has been found at one threshold; taken as it is where the sweep comes by.</param>
    /// <param name="excesses">ΔT, at least two, positive and ascending.</param>
    /// <param name="progress">Told the share of searches done; may be null.</param>
    /// <param name="cancellation">Checked before each evaluation.</param>
    /// <returns>The crossings at each threshold.</returns>
    /// <exception cref="VolumeParameterException">The thresholds are not as above.</exception>
    public static ImmutableArray<RayCrossings> Cross(
        Func<BasinThreshold, RaySearch> shaped,
        RayCrossings start,
        IReadOnlyList<double> excesses,
        IProgress<double>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(shaped);
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(excesses);
        Check(excesses);
        var crossings = ImmutableArray.CreateBuilder<RayCrossings>(excesses.Count);
        foreach (double excess in excesses)
        {
            var threshold = BasinThreshold.Excess(excess);
            crossings.Add(excess == start.Excess ? start : shaped(threshold).CrossNear(start, threshold, cancellation));
            progress?.Report(crossings.Count / (double)excesses.Count);
        }

        return crossings.MoveToImmutable();
    }

    /// <summary>Volumes and slopes.</summary>
    /// <param name="crossings">Those at ascending thresholds.</param>
    /// <param name="definition">What is made of them: <see cref="RayVolume.Lebesgue"/>, or <see cref="RayVolume.Gaussian"/> with a prior.</param>
    public static ImmutableArray<RaySweepPoint> Of(ImmutableArray<RayCrossings> crossings, Func<RayCrossings, RayVolume> definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        RayVolume[] volumes = [.. crossings.Select(definition)];
        return [.. volumes.Select((volume, i) => Point(volume, volumes[Math.Max(0, i - 1)], volumes[Math.Min(volumes.Length - 1, i + 1)]))];
    }

    private static RaySweepPoint Point(RayVolume volume, RayVolume from, RayVolume to)
    {
        double step = Math.Log(to.Crossings.Excess / from.Crossings.Excess);
        double? variance = (from.StandardError * from.StandardError) + (to.StandardError * to.StandardError);
        return new(volume.Crossings.Excess, volume, (to.LogValue - from.LogValue) / step, variance is { } known ? Math.Sqrt(known) / step : null);
    }

    private static void Check(IReadOnlyList<double> excesses)
    {
        VolumeParameterException.Checked("number of thresholds in a sweep", excesses.Count, excesses.Count >= 2, "at least 2");
        double last = 0;
        foreach (double excess in excesses)
        {
            VolumeParameterException.Checked(
                "threshold ΔT in a sweep", excess, double.IsFinite(excess) && excess > last, "a positive number above the one before");
            last = excess;
        }
    }
}
