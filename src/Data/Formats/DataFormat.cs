using System.Collections.Immutable;
using BasinVolume.Interop;

namespace BasinVolume.Data.Formats;

/// <summary>A form in which data sets come. A new one is a folder with its reader and a line in <see cref="DataFiles.Formats"/>.</summary>
public abstract class DataFormat
{
    /// <summary>What it is called, in small letters, as <c>--data-format</c> has it.</summary>
    public abstract string Name { get; }

    /// <summary>What there must be at the path, for help and for errors: "a folder with …", "a .npz file with …".</summary>
    public abstract string Expected { get; }

    /// <summary>The options that it uses; all others are refused by name.</summary>
    public abstract ImmutableArray<DataOption> Options { get; }

    /// <summary>
    /// Whether what is at a path looks like it, by the names in a folder or the first bytes of a file. Reads no more, throws nothing but what the system does,
    /// and need not be sure: <see cref="Open"/> looks closely.
    /// </summary>
    /// <param name="path">A file or folder that is there.</param>
    public abstract bool Recognises(string path);

    /// <summary>
    /// Finds out all that is to be known before samples are read: shape, counts, classes. Reads headers, names and labels, no samples, so that a set that does
    /// not fit is refused at once.
    /// </summary>
    /// <param name="request">What to open.</param>
    /// <exception cref="DataException">It is missing, damaged, contradicts itself, or is of another form.</exception>
    /// <exception cref="DataOptionException">What was said of it cannot be.</exception>
    public abstract DataSource Open(DataRequest request);
}
