using BasinVolume.Curvature.Volumes;

namespace BasinVolume.Basins;

/// <summary>A definition as it came out, or why there was nothing to compute it from.</summary>
/// <param name="Name">What the definition is called.</param>
/// <param name="Definition">The definition; null if what it needs is not there.</param>
/// <param name="Missing">What is not there and what to do; null if nothing is missing.</param>
public sealed record VolumeEntry(string Name, IVolumeDefinition? Definition, string? Missing)
{
    /// <summary>A definition that was computed.</summary>
    public static VolumeEntry Of(IVolumeDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return new(definition.Name, definition, Missing: null);
    }

    /// <summary>Whether there is a value.</summary>
    public bool Applies => Definition?.Status == VolumeStatus.Defined;

    /// <summary>Why there is no value; null if there is one.</summary>
    public string? Reason => Missing ?? Definition?.Reason;
}
