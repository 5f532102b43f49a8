using BasinVolume.Interop;

namespace BasinVolume.Data.Formats;

/// <summary>The smallest and the largest of some labels, and where they stand.</summary>
/// <param name="source">The file that they are from, for errors.</param>
public sealed class LabelRange(string source)
{
    private long _smallestAt, _largestAt;

    /// <summary>The file.</summary>
    public string Source => source;

    /// <summary>How many were added.</summary>
    public long Count { get; private set; }

    /// <summary>The smallest; the largest number there is as long as there are none.</summary>
    public long Smallest { get; private set; } = long.MaxValue;

    /// <summary>The largest; the smallest number there is as long as there are none.</summary>
    public long Largest { get; private set; } = long.MinValue;

    /// <summary>Adds the label of the next sample.</summary>
    public void Add(long label)
    {
        if (label < Smallest)
            (Smallest, _smallestAt) = (label, Count);
        if (label > Largest)
            (Largest, _largestAt) = (label, Count);
        Count++;
    }

    /// <summary>Says that the smallest or the largest is none.</summary>
    /// <param name="label">Which of the two.</param>
    /// <param name="why">What was expected, and what to do.</param>
    public DataException Refusal(long label, string why)
        => new($"{source} has the label {label} at index {(label == Smallest ? _smallestAt : _largestAt)}: {why}.");
}
