namespace BasinVolume.Curvature.Volumes.Rays;

/// <summary>How many rays are sampled, and how closely each is followed.</summary>
public sealed record RaySampling
{
    /// <summary>A sampling, checked.</summary>
    /// <param name="rays">Rays in all, at least 1.</param>
    /// <param name="seed">Ray i of a seed is always the same.</param>
    /// <exception cref="VolumeParameterException">There are no rays.</exception>
    public RaySampling(int rays, ulong seed)
    {
        VolumeParameterException.Checked("number of rays", rays, rays >= 1, "at least 1");
        Rays = rays;
        Seed = seed;
    }

    /// <summary>Rays in all.</summary>
    public int Rays { get; }

    /// <summary>The number of the first ray: a process that follows a share of many rays has those from this one on.</summary>
    public int First
    {
        get;
        init => field = (int)VolumeParameterException.Checked("number of the first ray", value, value >= 0, "at least 0");
    }

    /// <summary>What the directions are drawn from.</summary>
    public ulong Seed { get; }

    /// <summary>
    /// The width, relative to the radius, of the interval in which a crossing is known when the search ends; above 0 and below 1.
    /// The crossing is interpolated inside it, so its error is of the order of the square.
    /// </summary>
    public double Tolerance
    {
        get;
        init => field = VolumeParameterException.Checked("tolerance", value, value is > 0 and < 1, "a number above 0 and below 1");
    } = 1e-6;

    /// <summary>The radius of the first evaluation, in units of |P u|, on every ray.</summary>
    public double InitialRadius
    {
        get;
        init => field = VolumeParameterException.CheckedPositive("initial radius", value);
    } = 1;

    /// <summary>A ray whose loss stays below the threshold up to here never reaches it.</summary>
    public double RadiusLimit
    {
        get;
        init => field = VolumeParameterException.CheckedPositive("radius limit", value);
    } = 1 << 20;

    /// <summary>Radii inside the crossing, evenly spaced, at which the loss is evaluated once more to see whether it rises monotonically.</summary>
    public int InteriorEvaluations
    {
        get;
        init => field = (int)VolumeParameterException.Checked("number of interior evaluations", value, value >= 0, "at least 0");
    } = 4;

    /// <summary>Rays that are followed at the same time: as many weight vectors are evaluated in one go. Changes speed and memory alone.</summary>
    public int BatchSize
    {
        get;
        init => field = (int)VolumeParameterException.Checked("batch size", value, value >= 1, "at least 1");
    } = 64;
}
