namespace BasinVolume.Curvature.Lanczos;

/// <summary>How many pairs of each end there are to find.</summary>
/// <param name="Lower">At the lower end.</param>
/// <param name="Upper">At the upper end.</param>
internal readonly record struct Ends(int Lower, int Upper)
{
    /// <summary>Of both.</summary>
    public int Count => Lower + Upper;

    /// <summary>What was asked for; of fewer dimensions each end gets its share, and all are found once.</summary>
    public static Ends Of(EndsWanted wanted, int dimension)
    {
        long asked = (long)wanted.Smallest + wanted.Largest;
        if (dimension == 0)
            return default;
        if (asked <= dimension)
            return new(wanted.Smallest, wanted.Largest);
        int lower = (int)(((long)wanted.Smallest * dimension) / asked);
        // An end of which few were asked for has no more than these, and none that was asked for goes without if there are two.
        lower = Math.Clamp(lower, Math.Max(dimension - wanted.Largest, Math.Min(1, wanted.Smallest)), Math.Min(dimension, wanted.Smallest));
        return new(lower, dimension - lower);
    }

    /// <summary>The places of these ends among so many values in ascending order.</summary>
    public IEnumerable<int> PlacesAmong(int count) => Enumerable.Range(0, Lower).Concat(Enumerable.Range(count - Upper, Upper));
}
