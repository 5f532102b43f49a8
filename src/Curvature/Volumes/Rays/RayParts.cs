namespace BasinVolume.Curvature.Volumes.Rays;

/// <summary>How rays are shared among threads.</summary>
internal static class RayParts
{
    /// <summary>Rays that share one reading of a matrix: their vectors and a row of the matrix stay in the cache.</summary>
    public const int RaysPerPart = 8;

    /// <summary>Parts of <see cref="RaysPerPart"/> rays.</summary>
    public static int Count(int rays) => (rays + RaysPerPart - 1) / RaysPerPart;
}
