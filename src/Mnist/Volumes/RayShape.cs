namespace BasinVolume.Mnist.Volumes;

/// <summary>What the directions of rays are shaped by. The mean does not depend on it, its variance does.</summary>
public enum RayShape
{
    /// <summary>The Hessian where the basin holds less than half of the prior, else nothing.</summary>
    Automatic,

    /// <summary>(|H| + μI)^(−½), with the μ that fits threshold and prior.</summary>
    Hessian,

    /// <summary>The same of H's diagonal.</summary>
    Diagonal,

    /// <summary>Nothing.</summary>
    Identity,
}
