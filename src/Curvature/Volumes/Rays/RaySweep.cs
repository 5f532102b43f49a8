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
    /// <summary>Searches at each threshold.</summary>
    /// <param name="search">The rays.</param>
    /// <param name="excesses">ΔT, at least two, positive and ascending.</param>
    /// <param name="definition">What is made of the crossings: <see cref="RayVolume.Lebesgue"/>, or <see cref="RayVolume.Gaussian"/> with a prior.</param>
    /// <param name="progress">Told the share of searches done; may be null.</param>
    /// <param name="cancellation">Looked at before each evaluation.</param>
    /// <exception cref="VolumeParameterException">The thresholds are not as above.</exception>
    public static ImmutableArray<RaySweepPoint> Of(
        RaySearch search,
        IReadOnlyList<double> excesses,
        Func<RayCrossings, RayVolume> definition,
        IProgress<double>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(search);
        ArgumentNullException.ThrowIfNull(excesses);
        ArgumentNullException.ThrowIfNull(definition);
        Check(excesses);
        var volumes = new RayVolume[excesses.Count];
        for (int i = 0; i < volumes.Length; i++)
        {
            volumes[i] = definition(search.Cross(BasinThreshold.Excess(excesses[i]), progress: null, cancellation));
            progress?.Report((i + 1) / (double)volumes.Length);
        }

        return [.. volumes.Select((volume, i) => new RaySweepPoint(
            excesses[i], volume, Slope(excesses, volumes, Math.Max(0, i - 1), Math.Min(volumes.Length - 1, i + 1))))];
    }

    private static double? Slope(IReadOnlyList<double> excesses, RayVolume[] volumes, int from, int to)
        => (volumes[to].LogValue - volumes[from].LogValue) / Math.Log(excesses[to] / excesses[from]);

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
