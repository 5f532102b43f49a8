using System.Collections.Immutable;

namespace BasinVolume.Data.Formats;

/// <summary>An option that some formats use and others refuse.</summary>
/// <param name="Name">As it is given on a command line.</param>
/// <param name="IsGiven">Whether it was given.</param>
public sealed record DataOption(string Name, Func<DataOptions, bool> IsGiven)
{
    /// <summary>--labels.</summary>
    public static DataOption LabelsPath { get; } = new("--labels", options => options.LabelsPath is not null);

    /// <summary>--label.</summary>
    public static DataOption LabelColumn { get; } = new("--label", options => options.LabelColumn is not null);

    /// <summary>--target.</summary>
    public static DataOption TargetColumns { get; } = new("--target", options => !options.TargetColumns.IsEmpty);

    /// <summary>--resize.</summary>
    public static DataOption Resize { get; } = new("--resize", options => options.Resize is not null);

    /// <summary>--channels.</summary>
    public static DataOption Channels { get; } = new("--channels", options => options.Channels is not null);

    /// <summary>--channels-first and --channels-last.</summary>
    public static DataOption ChannelOrder { get; } = new("--channels-first|--channels-last", options => options.ChannelOrder is not null);

    /// <summary>--elements.</summary>
    public static DataOption Elements { get; } = new("--elements", options => options.Elements is not null);

    /// <summary>--transposed.</summary>
    public static DataOption Transposed { get; } = new("--transposed", options => options.Transposed);

    /// <summary>--classes.</summary>
    public static DataOption Classes { get; } = new("--classes", options => options.Classes is not null);

    /// <summary>All of them. --test-data is every format's that has no test part of its own.</summary>
    public static ImmutableArray<DataOption> All { get; } =
        [LabelsPath, LabelColumn, TargetColumns, Resize, Channels, ChannelOrder, Elements, Transposed, Classes];
}
