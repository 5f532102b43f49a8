namespace BasinVolume.Basins;

/// <summary>What the directions of rays are shaped by. The mean does not depend on it, its variance does.</summary>
public enum RayShape
{
    /// <summary>The prior, tilted to the basin of the quadratic model; its own directions where the basin holds more than half of it.</summary>
    Automatic,

    /// <summary>(|H| + μI)^(−½), with the μ that fits threshold and prior: for the volume in parameter units.</summary>
    Hessian,

    /// <summary>The same of H's diagonal.</summary>
    Diagonal,

    /// <summary>Nothing.</summary>
    Identity,
}
