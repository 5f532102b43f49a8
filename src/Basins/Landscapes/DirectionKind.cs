namespace BasinVolume.Basins.Landscapes;

/// <summary>Where a direction in the space of all parameters comes from.</summary>
public enum DirectionKind
{
    /// <summary>Eigenvectors of the largest eigenvalues.</summary>
    Leading,

    /// <summary>Eigenvectors of the most negative eigenvalues.</summary>
    Negative,

    /// <summary>The gradient.</summary>
    Gradient,

    /// <summary>Drawn from all directions alike.</summary>
    Random,
}

/// <summary>Directions that are asked for.</summary>
/// <param name="Kind">Where they come from.</param>
/// <param name="Count">How many of them, at least 1.</param>
public readonly record struct DirectionChoice(DirectionKind Kind, int Count);
