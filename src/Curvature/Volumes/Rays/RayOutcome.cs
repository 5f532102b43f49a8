namespace BasinVolume.Curvature.Volumes.Rays;

/// <summary>How the search along a ray ended.</summary>
public enum RayOutcome
{
    /// <summary>The crossing was found.</summary>
    Reached,

    /// <summary>The loss stayed below the threshold up to the radius limit.</summary>
    NeverReached,

    /// <summary>The loss is not a number somewhere on the ray.</summary>
    NotANumber,
}
