using System.Globalization;

namespace BasinVolume.Curvature.Volumes;

/// <summary>A volume in a line.</summary>
internal static class VolumeText
{
    /// <summary>Its name with its logarithm and what is known of the error, or why there is none.</summary>
    /// <param name="volume">The volume.</param>
    /// <param name="error">A bound of the error of one that is computed, in nats.</param>
    public static string Of(IVolumeDefinition volume, double? error = null) => volume switch
    {
        { LogValue: { } value, Interval: { } interval } => string.Create(
            CultureInfo.InvariantCulture, $"{volume.Name}: log value {value:f4} nats, in {interval} with 95 %"),
        { LogValue: { } value } when error is { } bound => string.Create(
            CultureInfo.InvariantCulture, $"{volume.Name}: log value {value:f4} ± {bound:g1} nats"),
        { LogValue: { } value } => string.Create(CultureInfo.InvariantCulture, $"{volume.Name}: log value {value:f4} nats"),
        { LowerBound: { } bound } => string.Create(CultureInfo.InvariantCulture, $"{volume.Name}: log value at least {bound:f4} nats. {volume.Reason}"),
        _ => $"{volume.Name}: no value. {volume.Reason}",
    };
}
