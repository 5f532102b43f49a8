namespace BasinVolume.Curvature.Volumes.Splitting;

/// <summary>How many points are moved below falling levels of the loss, and how far.</summary>
public sealed record SplittingSampling
{
    /// <summary>A sampling, checked.</summary>
    /// <param name="points">Points in each population, at least 2.</param>
    /// <param name="seed">The steps of a seed are always the same.</param>
    /// <exception cref="VolumeParameterException">There are too few points.</exception>
    public SplittingSampling(int points, ulong seed)
    {
        Points = (int)VolumeParameterException.Checked("number of points", points, points >= 2, "at least 2");
        Seed = seed;
    }

    /// <summary>Points in each population.</summary>
    public int Points { get; }

    /// <summary>What everything is drawn from.</summary>
    public ulong Seed { get; }

    /// <summary>Populations that know nothing of each other, at least 2: their spread is the error.</summary>
    public int Populations
    {
        get;
        init => field = (int)VolumeParameterException.Checked("number of populations", value, value >= 2, "at least 2");
    } = 8;

    /// <summary>What all points need, with a proposal for each, in bytes.</summary>
    /// <param name="parameters">n.</param>
    public long BytesFor(int parameters) => 2L * sizeof(double) * Points * Populations * parameters;

    /// <summary>Steps of every point at each level, at least 1.</summary>
    public int Steps
    {
        get;
        init => field = (int)VolumeParameterException.Checked("number of steps", value, value >= 1, "at least 1");
    } = 5;

    /// <summary>Points whose loss is evaluated in one go. Changes speed and memory alone.</summary>
    public int BatchSize
    {
        get;
        init => field = (int)VolumeParameterException.Checked("batch size", value, value >= 1, "at least 1");
    } = 64;
}
