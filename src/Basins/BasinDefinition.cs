using BasinVolume.Curvature.Volumes;

namespace BasinVolume.Basins;

/// <summary>A definition of a basin's volume as the list has it: how it is computed, and which constants it can be swept over.</summary>
/// <param name="Name">What the definition is called.</param>
/// <param name="Of">Computes it; null where what it needs is not there.</param>
public sealed record BasinDefinition(string Name, Func<MeasuredBasin, IVolumeDefinition?> Of)
{
    /// <summary>Why what it needs is not there, and what to do.</summary>
    public Func<MeasuredBasin, string?> Missing { get; init; } = _ => null;

    /// <summary>Whether it follows from the loss to second order alone, so that it can be had at every threshold.</summary>
    public bool IsSwept { get; init; }

    /// <summary>Whether it depends on k, or has a temperature in its place.</summary>
    public bool HasPriorWeight { get; init; }

    /// <summary>How it comes out.</summary>
    public VolumeEntry EntryOf(MeasuredBasin basin)
    {
        IVolumeDefinition? definition = Of(basin);
        return new(Name, definition, definition is null ? Missing(basin) : null);
    }
}
