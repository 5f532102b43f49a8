namespace BasinVolume.Curvature.Volumes;

/// <summary>What kind of stationary point a quadratic loss has, by the signs of its curvature; eigenvalues within the tolerance for zero have none.</summary>
public enum QuadraticShape
{
    /// <summary>Nowhere is the loss curved.</summary>
    Flat,

    /// <summary>No direction falls, some rise: a minimum, or a valley of minima.</summary>
    Minimum,

    /// <summary>Some directions rise, others fall.</summary>
    Saddle,

    /// <summary>No direction rises, some fall.</summary>
    Maximum,
}
