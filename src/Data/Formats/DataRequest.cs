using BasinVolume.Data.Samples;

namespace BasinVolume.Data.Formats;

/// <summary>What a format is asked to open.</summary>
/// <param name="Path">The file or folder; it is there.</param>
/// <param name="Options">What was said of it.</param>
public sealed record DataRequest(string Path, DataOptions Options)
{
    /// <summary>
    /// What is known of the training samples, where these are the test samples of a set whose training samples lie elsewhere: their classes are these and no
    /// others. Null where the path has training samples.
    /// </summary>
    public DataLayout? Training { get; init; }

    /// <summary>The run whose data it is, so that it must still be what it was; null for data that somebody chose.</summary>
    public RecordedData? Recorded { get; init; }
}
