using System.Collections.Immutable;
using BasinVolume.Basins;
using BasinVolume.Curvature.Volumes.Rays;
using BasinVolume.Report.Findings;
using BasinVolume.Report.Records;

namespace BasinVolume.Mnist.Jobs.PartJob;

/// <summary>
/// Rays as numbers. A ray is a row of six: how its search ended, its radius, |v|, θ*·v, whether the loss rose monotonically, and the logarithm of the density
/// that its direction was drawn with. In the sweep the number of the threshold stands before them.
/// </summary>
internal static class RayNumbers
{
    private const int OfRay = 6;

    /// <summary>The arrays of a share.</summary>
    public static IEnumerable<PartArray> Of(RayShare share) =>
    [
        new("rays", [share.Rays.Length, OfRay], [.. share.Rays.SelectMany(Of)]),
        new("draws", [share.Draws.Length], share.Draws),
        new(
            "sweep",
            [share.Sweep.Sum(rays => rays.Length), OfRay + 1],
            [.. share.Sweep.SelectMany((rays, threshold) => rays.SelectMany(ray => (double[])[threshold, .. Of(ray)]))]),
    ];

    /// <summary>The share again.</summary>
    /// <param name="said">What the part says of its share.</param>
    /// <param name="thresholds">Thresholds of the sweep.</param>
    /// <param name="seconds">Seconds that it took.</param>
    /// <param name="read">Reads an array by its name.</param>
    /// <param name="readRows">Reads the rows of an array, of which each has so many numbers.</param>
    public static RayShare Read(
        ShareRecord said, int thresholds, double seconds, Func<string, double[]> read, Func<string, int, double[][]> readRows)
    {
        double[][] sweep = readRows("sweep", OfRay + 1);
        return new(
            said.First,
            [.. readRows("rays", OfRay).Select(Ray)],
            read("draws"),
            [.. Enumerable.Range(0, thresholds).Select(
                threshold => sweep.Where(row => row[0] == threshold).Select(row => Ray(row[1..])).ToImmutableArray())],
            said.Before ?? 0,
            said.Evaluations ?? 0,
            seconds);
    }

    private static double[] Of(RayCrossing ray) => [(int)ray.Outcome, ray.Radius, ray.Norm, ray.Projection, ray.Monotone ? 1 : 0, ray.LogDensity];

    private static RayCrossing Ray(double[] row) => new((RayOutcome)(int)row[0], row[1], row[2], row[3], row[4] != 0, row[5]);
}
