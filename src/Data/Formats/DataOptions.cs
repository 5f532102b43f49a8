using System.Collections.Immutable;

namespace BasinVolume.Data.Formats;

/// <summary>What can be said of a data set that its files do not say themselves. A format refuses what it has no use for.</summary>
public sealed record DataOptions
{
    /// <summary>Nothing.</summary>
    public static DataOptions None { get; } = new();

    /// <summary>The name of the format, instead of guessing it; null to guess.</summary>
    public string? Format { get; init; }

    /// <summary>A file or folder with the test samples, where the format has no part for them; null for none.</summary>
    public string? TestPath { get; init; }

    /// <summary>A .npy file with the labels or targets of an array of samples; null where they need none.</summary>
    public string? LabelsPath { get; init; }

    /// <summary>Which column is the label; null for the usual one.</summary>
    public string? LabelColumn { get; init; }

    /// <summary>Which columns are real targets; empty for none.</summary>
    public ImmutableArray<string> TargetColumns { get; init; } = [];

    /// <summary>The size that every image is brought to; null to leave them.</summary>
    public ImageSize? Resize { get; init; }

    /// <summary>1 to make images grey, 3 to have them in colour; null to follow the files.</summary>
    public int? Channels { get; init; }

    /// <summary>Where channels stand; null to find out.</summary>
    public ChannelOrder? ChannelOrder { get; init; }

    /// <summary>What the columns of a table are; null to find out.</summary>
    public TableElements? Elements { get; init; }

    /// <summary>Whether images are kept with rows and columns exchanged, as EMNIST's are.</summary>
    public bool Transposed { get; init; }

    /// <summary>The number of classes, at least as many as the data shows; null for those.</summary>
    public int? Classes { get; init; }
}
